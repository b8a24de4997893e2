"""How the approval of a subject stands, and the gate that actions ask before they do what needs a yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.approvals import rules, store
from gonfalon.approvals.model import (
    ApprovalChange,
    Because,
    Facts,
    Measured,
    Request,
    Standing,
    StepRule,
    Subject,
    SubjectKind,
    Verdict,
)
from gonfalon.approvals.offers import Approvable
from gonfalon.kit.errors import Conflict, NotFound

SENTENCES = {
    Standing.MISSING: "“{title}” needs an approval first; ask for it.",
    Standing.WAITING: "“{title}” still waits for its approval.",
    Standing.CHANGES: "An approver asked for changes of “{title}”; make them and ask again.",
    Standing.REFUSED: "The approval of “{title}” was refused.",
    Standing.VOID: "“{title}” changed after its approval was asked for; ask again.",
}


def approvable(ctx: Context, kind: SubjectKind) -> Approvable:
    """Find how the kind is approved; raises NotFound for one that no room offers."""
    found = next((each for each in ctx.services.offered(Approvable) if each.kind is kind), None)
    if found is None:
        raise NotFound("subject_unknown", "Nothing of this kind can be approved here.", kind=kind.value)
    return found


async def measure(ctx: Context, subject: Subject) -> Measured | None:
    """Return what the engine knows of the subject; asked outside of any transaction. None for kinds it knows nothing
    of."""
    ask = approvable(ctx, subject.kind).measure
    return None if ask is None else await ask(ctx, subject.id)


async def load_facts(ctx: Context, connection: AsyncConnection, subject: Subject, measured: Measured | None) -> Facts:
    """Return everything known of the subject now: read from the database, and as it was measured just before."""
    kind = approvable(ctx, subject.kind)
    found = {subject: await kind.facts(ctx, connection, subject.id)}
    facts = (await store.with_lately(ctx, connection, found))[subject]
    if kind.measure is None:
        return facts
    if measured is None:
        raise TypeError(f"“{subject.kind.value}” is measured before its approval is looked at")
    return with_measured(facts, measured)


def with_measured(facts: Facts, measured: Measured) -> Facts:
    """Add what was measured of the people to the facts."""
    return replace(facts, audience_size=measured.audience_size, risks=facts.risks | measured.risks)


async def approval_standing(
    ctx: Context, connection: AsyncConnection, subject: Subject, measured: Measured | None = None
) -> Verdict:
    """Return how the approval stands, for pages. What has happened stays approved whatever changes afterwards."""
    facts = await load_facts(ctx, connection, subject, measured)
    return await verdict_of(ctx, connection, subject, facts, lasting=facts.settled)


async def check_approved(
    ctx: Context, connection: AsyncConnection, subject: Subject, measured: Measured | None = None
) -> Verdict:
    """Return the gate: returns when nothing needs a yes, or the yes covers exactly what is there now.

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
            name=facts.title,
            request=None if verdict.request_id is None else str(verdict.request_id),
        )
    return verdict


async def verdict_of(
    ctx: Context, connection: AsyncConnection, subject: Subject, facts: Facts, *, lasting: bool = False
) -> Verdict:
    """Judge facts that are loaded. lasting: a yes that was given holds whatever has changed."""
    return (await verdicts_of(ctx, connection, {subject: facts}, lasting=lasting))[subject]


async def verdicts_of(
    ctx: Context, connection: AsyncConnection, known: Mapping[Subject, Facts], *, lasting: bool = False
) -> dict[Subject, Verdict]:
    """Judge several subjects at once, by rules and requests that are read once."""
    book = await store.load_rules(ctx, connection, {subject.kind for subject in known})
    requests = await store.newest_requests(ctx, connection, known.keys())
    asked = await store.rules_of_steps(connection, [each.id for each in requests.values()]) if requests else {}
    approved = [each.id for each in requests.values() if each.state == "approved"]
    deciders = await store.deciders_of(connection, approved) if approved else {}
    verdicts: dict[Subject, Verdict] = {}
    for subject, facts in known.items():
        request = requests.get(subject)
        given = asked[request.id] if request else []
        said_yes = deciders.get(request.id, ()) if request else ()
        verdicts[subject] = _judge(
            subject, facts, book.of(subject.kind), request, given, said_yes=said_yes, lasting=lasting
        )
    return verdicts


def _judge(
    subject: Subject,
    facts: Facts,
    book: tuple[list[rules.Rule], list[rules.Rule]],
    request: Request | None,
    given: list[StepRule],
    *,
    said_yes: tuple[str, ...],
    lasting: bool,
) -> Verdict:
    """given: what the request's steps ask."""
    in_force, past = book
    changes: tuple[ApprovalChange, ...] = ()
    if request is not None and not lasting:
        changes = rules.voiding(request.content, request.fingerprint, request.audience_size, facts)
    seen = facts if request is None or changes else store.with_measure(facts, request)
    plain, before = (rules.needed(each, subject.kind, seen) for each in (in_force, past))
    needs = rules.with_owner(plain, before)
    because = _because(in_force, subject.kind, seen, plain, needs)
    if request is None:
        return Verdict(Standing.MISSING if needs else Standing.NOT_NEEDED, needs, because=because)
    # Who said yes, or is asked, by a rule that was changed since is as good as the owner whom the change needs.
    wanted = plain if rules.covers(given, before) else needs
    if request.state in ("waiting", "approved") and not (changes or lasting) and not rules.covers(given, wanted):
        changes = (ApprovalChange(("rules",), len(given), len(wanted)),)
    verdict = Verdict(_standing(request, changes), needs, request.id, changes, because, said_yes)
    if not needs and not verdict.allows and not lasting:
        return replace(verdict, standing=Standing.NOT_NEEDED)
    return verdict


def _because(
    in_force: list[rules.Rule],
    kind: SubjectKind,
    facts: Facts,
    plain: tuple[StepRule, ...],
    needs: tuple[StepRule, ...],
) -> tuple[Because, ...]:
    now = replace(facts, peak_minor=None, lately=frozenset())
    found = [Because.RULE_CHANGED] if needs != plain else []
    return (*found, Because.LATELY) if rules.needed(in_force, kind, now) != plain else tuple(found)


def _standing(request: Request, changes: tuple[ApprovalChange, ...]) -> Standing:
    standing = Standing(request.state)
    if standing in (Standing.WAITING, Standing.APPROVED) and changes:
        return Standing.VOID
    return standing
