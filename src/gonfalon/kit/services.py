"""What a process holds for its whole life and hands to every action."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from gonfalon.kit.config import Settings
from gonfalon.kit.db import Database
from gonfalon.kit.room import Room
from gonfalon.kit.secrets import SecretBox

T = TypeVar("T")


@dataclass
class Services:
    """Settings, database and secrets, plus whatever single objects rooms need (the analytics engine, caches)."""

    settings: Settings
    db: Database
    secrets: SecretBox
    rooms: tuple[Room, ...] = ()
    _singletons: dict[type[Any], Any] = field(default_factory=dict)

    def put(self, kind: type[T], instance: T) -> None:
        """Register the process's one `kind`."""
        self._singletons[kind] = instance

    def get(self, kind: type[T]) -> T:
        """Return the process's one `kind`; KeyError when this process has none."""
        found: T = self._singletons[kind]
        return found

    def find(self, kind: type[T]) -> T | None:
        """Return the process's one `kind`, or None when it has none."""
        return self._singletons.get(kind)

    def offered(self, kind: type[T]) -> tuple[T, ...]:
        """Return every offer of this kind, in the order of the rooms.

        Raises RuntimeError in a process that was opened without rooms: what nobody was asked must not look like what
        nobody offers (an erasure would forget nothing, and say that all is forgotten).
        """
        if not self.rooms:
            raise RuntimeError(f"this process was opened without rooms, so nobody can offer {kind.__name__}")
        return tuple(offer for room in self.rooms for offer in room.offers if isinstance(offer, kind))

    async def close(self) -> None:
        """Give the database connections back."""
        await self.db.close()


def open_services(settings: Settings, database_url: str, rooms: tuple[Room, ...] = ()) -> Services:
    """Return services on an existing, migrated database. rooms: as in `gonfalon.entry.rooms`, for who calls actions."""
    return Services(
        settings=settings,
        db=Database(database_url, settings.pool_size),
        secrets=SecretBox.load(settings.folder, settings.secret_key),
        rooms=rooms,
    )
