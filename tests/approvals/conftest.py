"""What tests of approvals share."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest

from tests.approvals.factory import Team, make_team
from tests.conftest import World

Clients = Callable[..., httpx2.AsyncClient]


@pytest.fixture
async def team(world: World, client_of: Clients) -> Team:
    return await make_team(world, client_of)
