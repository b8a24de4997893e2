"""What tests of results share."""

from __future__ import annotations

import pytest

from tests.conftest import World
from tests.insights.shop import Shop


@pytest.fixture
async def shop(world: World) -> Shop:
    return await Shop(world).open()
