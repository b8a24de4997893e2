"""Families of intent over HTTP."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx

from ..segments.language import Family
from . import actions
from .schemas import Intents

router = APIRouter(tags=["audiences"], prefix="/workspaces/{workspace}/audiences/intents")


@router.get("", operation_id="get_intents")
async def get_intents(ctx: Ctx) -> Intents:
    """Return which events tell of awareness, consideration and purchase in this workspace."""
    return _out(await actions.families(ctx))


@router.put("", operation_id="set_intents")
async def set_intents(body: Intents, ctx: Ctx) -> Intents:
    """Sort events into families of intent, all at once; an event that is in none tells of no intent."""
    return _out(await actions.set_families(ctx, body.by_family()))


def _out(found: Mapping[Family, frozenset[str]]) -> Intents:
    return Intents(**{family.value: sorted(names) for family, names in found.items()})
