"""What a process holds for its whole life and hands to every action."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from gonfalon.kit.config import Settings
from gonfalon.kit.db import Database
from gonfalon.kit.secrets import SecretBox

T = TypeVar("T")


@dataclass
class Services:
    """Settings, database and secrets, plus whatever single objects rooms need (the analytics engine, caches)."""

    settings: Settings
    db: Database
    secrets: SecretBox
    _singletons: dict[type[Any], Any] = field(default_factory=dict)

    def put(self, kind: type[T], instance: T) -> None:
        """Registers the process's one `kind`."""
        self._singletons[kind] = instance

    def get(self, kind: type[T]) -> T:
        """The process's one `kind`; KeyError when this process has none."""
        found: T = self._singletons[kind]
        return found

    def find(self, kind: type[T]) -> T | None:
        """The process's one `kind`, or None when it has none."""
        return self._singletons.get(kind)

    async def close(self) -> None:
        """Gives the database connections back."""
        await self.db.close()


def open_services(settings: Settings, database_url: str) -> Services:
    """Services on an existing, migrated database."""
    return Services(
        settings=settings,
        db=Database(database_url, settings.pool_size),
        secrets=SecretBox.load(settings.folder, settings.secret_key),
    )
