"""The workspace's currency, and what hangs on it.

Amounts are kept as integers of the currency's minor unit, so another currency would make another amount of every one of
them. It can be changed only while there is none.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.offers import Holding
from gonfalon.accounts.store import held
from gonfalon.kit.errors import Conflict


async def check_no_money(connection: AsyncConnection, workspace_id: int, holdings: Iterable[Holding]) -> None:
    """Raise Conflict, with what holds amounts, when the workspace has any."""
    known = list(holdings)
    found = await held(connection, {each.key: each.exists(workspace_id) for each in known})
    kinds = [each for each in known if each.key in found]
    if kinds:
        raise Conflict(
            "currency_in_use",
            "The currency can’t be changed any more, because every amount here would become another one. "
            f"There are {_list([each.words for each in kinds])}. Plan in the other currency line by line, or begin a "
            "workspace in it.",
            kinds=[each.key for each in kinds],
        )


def _list(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
