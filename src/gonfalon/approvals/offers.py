"""What approvals asks the rooms above for; they put these values into their `ROOM`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.approvals.model import Facts, Measured, SubjectKind

LoadFacts = Callable[[Context, AsyncConnection, UUID], Awaitable[Facts]]
"""Reads the facts with the given connection alone; raises NotFound (also for what a guest may not see).

It is called in the locked transaction of the action that needs the approval, so it must not open another connection
nor wait for the engine: what needs that is measured (see Measure) beforehand."""

Measure = Callable[[Context, UUID], Awaitable[Measured]]
"""Asks the engine, outside of any transaction."""

Answered = Callable[[Context, AsyncConnection, UUID], Awaitable[None]]
"""Called in the transaction that gave the last yes."""


@dataclass(frozen=True, slots=True)
class Approvable:
    """How approvals deal with subjects of a kind. ask: who may ask for an approval; approved: what a yes sets off."""

    kind: SubjectKind
    facts: LoadFacts
    ask: Permission = Permission.CAMPAIGNS_WRITE
    measure: Measure | None = None
    approved: Answered | None = None
