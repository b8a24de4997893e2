"""Handing letters over, and trying again when nobody would take them."""

from __future__ import annotations

from datetime import timedelta

from gonfalon.accounts.letters.model import Fate, Letter, Post
from gonfalon.accounts.model import Workspace
from gonfalon.kit.services import Services


async def carry(services: Services, workspace: Workspace, letter: Letter) -> tuple[Fate, str]:
    """Hands a letter over by the workspace's way of mailing; its fate and the other side's words."""
    post = services.find(Post)  # type: ignore[type-abstract]
    if post is None:
        return Fate.NOT_SENT, "This process sends no mail."
    return await post.carry(workspace.id, workspace.name, letter)


def pause(tries: int, most: timedelta) -> timedelta | None:
    """How long to wait after so many tries (10 s, 40 s, 160 s … at most six hours); None after `most` in all."""
    waited = sum((_wait(earlier) for earlier in range(1, tries)), timedelta())
    wait = _wait(tries)
    return None if waited + wait > most else wait


def _wait(tries: int) -> timedelta:
    return timedelta(seconds=min(10 * 4 ** (tries - 1), 6 * 3600))
