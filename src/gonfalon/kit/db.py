"""The database: one engine, one transaction per action, PostgreSQL only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
from sqlalchemy import BigInteger, Column, DateTime, FetchedValue, Identity, MetaData, func, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.types import UserDefinedType

from gonfalon.kit.errors import Conflict, Unavailable

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id, the column the analytics copy follows."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the type's name in DDL."""
        return "xid8"


def row_id() -> Column[int]:
    """Return a bigint identity primary key, for rows that come in millions."""
    return Column("id", BigInteger, Identity(always=False), primary_key=True)


def created_at() -> Column[Any]:
    """Return when the row was made, by the database's clock."""
    return Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now())


def followed(*, index: bool = True) -> Column[int]:
    """Return the transaction that last wrote this row; a trigger renews it on update (see migrations/0001).

    Without `index` the table has one of its own that the analytics copy's follower can use (kit/engine/source.py).
    """
    return Column(
        "xid",
        Xid8,
        nullable=False,
        server_default=text("pg_current_xact_id()"),
        server_onupdate=FetchedValue(),
        index=index,
    )


class Database:
    """A pool of connections. `transaction()` commits at the end of the block, or not at all."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        self.url = driver_url(url)
        self.engine: AsyncEngine = create_async_engine(
            self.url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=30,
            pool_pre_ping=True,
            hide_parameters=True,  # errors are logged, and values are people's
            connect_args={"prepare_threshold": 5, "connect_timeout": 10},
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Return one transaction; raises Unavailable when the database cannot be reached."""
        joint = self._joint()
        if joint is not None:
            async with _reported(), (await joint.opened()).begin_nested():
                yield await joint.opened()
            return
        async with _reported(), self.engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Return one consistent read-only transaction (REPEATABLE READ)."""
        joint = self._joint()
        if joint is not None and joint.begun:  # it reads what was written there and is not committed yet
            async with _reported():
                yield await joint.opened()
            return
        async with _reported(), self.engine.connect() as connection:
            await connection.exec_driver_sql("set transaction isolation level repeatable read, read only")
            yield connection
            await connection.rollback()

    @asynccontextmanager
    async def together(self, begin: Callable[[AsyncConnection], Awaitable[None]]) -> AsyncIterator[Joint]:
        """Make all transactions of this task, as long as the block runs, parts of one: done together or not at all.

        It begins with the first of them and with `begin`. What is read before that is read as ever.
        """
        async with AsyncExitStack() as stack:
            joint = Joint(self, begin, stack)
            token = _JOINT.set(joint)
            try:
                yield joint
            finally:
                _JOINT.reset(token)

    def _joint(self) -> Joint | None:
        joint = _JOINT.get()
        mine = joint is not None and joint.database is self and joint.task is asyncio.current_task()
        return joint if mine else None

    async def close(self) -> None:
        """Give all connections back to the server."""
        await self.engine.dispose()


class Joint:
    """The one transaction that several of a task are part of."""

    def __init__(
        self, database: Database, begin: Callable[[AsyncConnection], Awaitable[None]], stack: AsyncExitStack
    ) -> None:
        self.database = database
        self.task = asyncio.current_task()
        self._begin, self._stack = begin, stack
        self._connection: AsyncConnection | None = None

    @property
    def begun(self) -> bool:
        """Whether anything was done in it."""
        return self._connection is not None

    async def opened(self) -> AsyncConnection:
        """Return its connection; the transaction ends with the block of `Database.together`."""
        if self._connection is None:
            await self._stack.enter_async_context(_reported())
            connection = await self._stack.enter_async_context(self.database.engine.begin())
            await self._begin(connection)
            self._connection = connection
        return self._connection


_JOINT: ContextVar[Joint | None] = ContextVar("joint transaction", default=None)


@asynccontextmanager
async def _reported() -> AsyncIterator[None]:
    from sqlalchemy.exc import InterfaceError, OperationalError
    from sqlalchemy.exc import TimeoutError as PoolTimeout

    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        cause = getattr(error, "orig", None)
        state = getattr(cause, "sqlstate", None)
        if state in ("53100",):  # disk_full
            raise Unavailable(
                "disk_full", "The database has no disk space left; free some and try again. Nothing was changed."
            ) from error
        if state is None or state.startswith(("08", "57P", "53")) or isinstance(error, PoolTimeout):
            raise Unavailable(
                "database_away", "The database cannot be reached right now; nothing was changed. Try again in a moment."
            ) from error
        if state in ("40001", "40P01", "55P03"):  # serialization failure, deadlock, lock not available
            raise Conflict(
                "busy_together", "Others changed the same thing at the same moment; nothing was changed. Try again."
            ) from error
        raise


async def raw(connection: AsyncConnection) -> psycopg.AsyncConnection[Any]:
    """Return the psycopg connection below, in the same transaction: for COPY and for deferring jobs."""
    found = (await connection.get_raw_connection()).driver_connection
    assert isinstance(found, psycopg.AsyncConnection)
    return found


def driver_url(url: str) -> str:
    """Return any `postgres://` or `postgresql://` URL in the form SQLAlchemy's psycopg dialect wants."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url[len(prefix) :]
    return url


def plain_url(url: str) -> str:
    """Return the same URL for psycopg and command line tools."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
