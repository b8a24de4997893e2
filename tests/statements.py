"""What the database is asked while a block runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event

from tests.conftest import World

# Jobs of the same process ask meanwhile; only what the block itself starts inherits this.
_of_the_block: ContextVar[bool] = ContextVar("of_the_block", default=False)


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """Lists the statements the block asks, and nobody else's, in their order."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if _of_the_block.get():
            seen.append(" ".join(statement.split()))

    engine = world.services.db.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    token = _of_the_block.set(True)
    try:
        yield seen
    finally:
        _of_the_block.reset(token)
        event.remove(engine, "before_cursor_execute", note)
