"""How the approval of a subject stands, and the gate that actions ask before they do what needs a yes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import Conflict, NotFound
from gonfalon.planning.approvals import rules, store
from gonfalon.planning.approvals.model import (
    APPROVABLE,
    Approvable,
    Change,
    Facts,
    Measured,
    Standing,
    Subject,
    SubjectKind,
    Verdict,
)

SENTENCES = {
    Standing.MISSING: "“{title}” needs an approval first; ask for it.",
    Standing.WAITING: "“{title}” still waits for its approval.",
    Standing.CHANGES: "An approver asked for changes of “{title}”; make them and ask again.",
    Standing.REFUSED: "The approval of “{title}” was refused.",
    Standing.VOID: "“{title}” changed after its approval was asked for; ask again.",
}


def approvable(kind: SubjectKind) -> Approvable:
    """How the kind is approved; raises NotFound for one that nothing registered."""
    found = APPROVABLE.get(kind)
    if found is None:
        raise NotFound("subject_unknown", f"Nothing of the kind “{kind.value}” can be approved here.")
    return found


async def measure(ctx: Context, subject: Subject) -> Measured | None:
    """What the engine knows of the subject; asked outside of any transaction. None for kinds it knows nothing of."""
    ask = approvable(subject.kind).measure
    return None if ask is None else await ask(ctx, subject.id)


async def load_facts(ctx: Context, connection: AsyncConnection, subject: Subject, measured: Measured | None) -> Facts:
    """Everything known of the subject now: read from the database, and as it was measured just before."""
    kind = approvable(subject.kind)
    facts = await kind.facts(ctx, connection, subject.id)
    if kind.measure is None:
        return facts
    if measured is None:
        raise TypeError(f"“{subject.kind.value}” is measured before its approval is looked at")
    return replace(facts, audience_size=measured.audience_size, risks=facts.risks | measured.risks)


async def approval_standing(
    ctx: Context, connection: AsyncConnection, subject: Subject, measured: Measured | None = None
) -> Verdict:
    """How the approval stands, for pages. What has happened stays approved whatever changes afterwards."""
    facts = await load_facts(ctx, connection, subject, measured)
    return await verdict_of(ctx, connection, subject, facts, lasting=facts.settled)


async def check_approved(
    ctx: Context, connection: AsyncConnection, subject: Subject, measured: Measured | None = None
) -> Verdict:
    """The gate: returns when nothing needs a yes, or the yes covers exactly what is there now.

    Call it in the transaction that does what needs the yes, after locking what the facts are read from; everything is
    computed anew, so nothing that changed since can pass. Raises Conflict (`approval_needed`, with `standing`).
    """
    facts = await load_facts(ctx, connection, subject, measured)
    verdict = await verdict_of(ctx, connection, subject, facts)
    if not verdict.allows:
        raise Conflict(
            "approval_needed",
            SENTENCES[verdict.standing].format(title=facts.title),
            standing=verdict.standing.value,
            request=None if verdict.request_id is None else str(verdict.request_id),
        )
    return verdict


async def verdict_of(
    ctx: Context, connection: AsyncConnection, subject: Subject, facts: Facts, *, lasting: bool = False
) -> Verdict:
    """The verdict on facts that are loaded. lasting: a yes that was given holds whatever has changed."""
    in_force = await store.load_rules(ctx, connection, subject.kind)
    row = await store.newest_request(ctx, connection, subject)
    if row is None:
        needs = rules.needed(in_force, subject.kind, facts)
        return Verdict(Standing.MISSING if needs else Standing.NOT_NEEDED, needs)
    changes = () if lasting else rules.voiding(row.content, row.fingerprint, row.audience_size, facts)
    needs = rules.needed(in_force, subject.kind, facts if changes else store.with_measure(facts, row))
    given = store.steps_of(await store.list_steps(connection, row.id))
    if row.state in ("waiting", "approved") and not (changes or lasting) and not rules.covers(given, needs):
        changes = (Change(("rules",), len(given), len(needs)),)
    verdict = Verdict(_standing(row, changes), needs, row.id, changes, await _said_yes(connection, row))
    if not needs and not verdict.allows and not lasting:
        return replace(verdict, standing=Standing.NOT_NEEDED)
    return verdict


def _standing(row: Row[Any], changes: tuple[Change, ...]) -> Standing:
    standing = Standing(row.state)
    if standing in (Standing.WAITING, Standing.APPROVED) and changes:
        return Standing.VOID
    return standing


async def _said_yes(connection: AsyncConnection, row: Row[Any]) -> tuple[str, ...]:
    if row.state != Standing.APPROVED.value:
        return ()
    return tuple(each.user_name for each in await store.list_decisions(connection, row.id))
