"""Rules read from sentences and said as such, in the words of a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.money import minor_digits

from .. import store
from ..model import Fault
from ..reading import read_vocabulary
from ..segments.check import check
from ..segments.language import RuleInvalid, dump, parse
from .completing import Completion
from .grammar import goes_on, read
from .speaker import say
from .words import AttributeName, ScoreName, Unclear, Unsayable, Words


@dataclass(frozen=True, slots=True)
class Understood:
    """A sentence as far as it was understood."""

    rule: dict[str, Any] | None
    said: str | None
    unclear: Unclear | None
    invalid: Fault | None
    from_character: int
    completions: tuple[Completion, ...]


async def words_of(ctx: Context) -> Words:
    """Return what sentences may speak of in this workspace today."""
    known = await read_vocabulary(ctx)
    async with ctx.reading() as connection:
        names = await store.names_of(connection, ctx.workspace.id)
    attributes = [AttributeName(each.key, each.label, each.type, tuple(each.choices)) for each in known.attributes]
    return Words(
        attributes={each.key: each for each in attributes},
        tags=tuple(known.tags),
        events=tuple(known.events),
        purchases=tuple(known.intents.purchase),
        topics={each.key: each.name for each in known.topics},
        campaigns={each.id: each.name for each in known.campaigns},
        audiences=names,
        channels=tuple(known.channels),
        scores={each.id: ScoreName(each.name, tuple(each.stages)) for each in known.scores},
        today=store.moment_of(ctx).today,
        digits=minor_digits(ctx.workspace.currency),
    )


async def read_sentence(ctx: Context, sentence: str) -> Understood:
    """Return the rule that a sentence says, or why it says none, and what could be written next."""
    ctx.require(Permission.AUDIENCES_READ)
    words = await words_of(ctx)
    start, texts = goes_on(sentence, words)
    try:
        rule = read(sentence, words)
    except Unclear as unclear:
        return Understood(None, None, unclear, None, start, tuple(texts))
    async with ctx.reading() as connection:
        catalogue = await store.load_catalogue(connection, ctx.workspace.id)
    try:
        check(rule, catalogue)
    except RuleInvalid as fault:
        why = Fault(fault.reason, fault.values, fault.sentence)
        return Understood(None, None, None, why, start, tuple(texts))
    return Understood(dump(rule), say(rule, words), None, None, start, tuple(texts))


async def say_rule(ctx: Context, rule: object) -> str | None:
    """Return a rule as a sentence that is read as the same rule; None where the grammar has no words for it."""
    ctx.require(Permission.AUDIENCES_READ)
    tree = parse(rule)
    try:
        return say(tree, await words_of(ctx))
    except Unsayable:
        return None
