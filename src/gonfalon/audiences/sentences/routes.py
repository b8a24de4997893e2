"""Rules as sentences over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx

from ..schemas import RuleIn
from . import actions
from .schemas import ExpectedOut, SaidOut, SentenceIn, SentenceOut, UnclearOut
from .words import Unclear

MOST_EXPECTED = 40
MOST_NAMES = 20

router = APIRouter(tags=["audiences"], prefix="/workspaces/{workspace}/audiences/sentences")


@router.post("/read", operation_id="read_audience_sentence")
async def read_audience_sentence(body: SentenceIn, ctx: Ctx) -> SentenceOut:
    """Read a rule from an English sentence; says where it is unclear, and what could be written next."""
    found = await actions.read_sentence(ctx, body.sentence)
    return SentenceOut.model_validate(
        {
            "rule": found.rule,
            "said": found.said,
            "unclear": _unclear(found.unclear),
            "invalid": found.invalid,
            "from_character": found.from_character,
            "completions": found.completions,
        },
        from_attributes=True,
    )


@router.post("/say", operation_id="say_audience_rule")
async def say_audience_rule(body: RuleIn, ctx: Ctx) -> SaidOut:
    """Say a rule as an English sentence that can be read again."""
    return SaidOut(sentence=await actions.say_rule(ctx, body.rule))


def _unclear(unclear: Unclear | None) -> UnclearOut | None:
    if unclear is None:
        return None
    expected = [
        ExpectedOut(kind=each.kind, text=each.text, names=list(each.names[:MOST_NAMES]))
        for each in unclear.expected[:MOST_EXPECTED]
    ]
    return UnclearOut(at=unclear.at, end=unclear.end, found=unclear.found, expected=expected)
