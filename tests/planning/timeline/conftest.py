"""A timeline that begins on a Monday."""

from __future__ import annotations

import pytest

from tests.conftest import World
from tests.planning.timeline.plans import Timeline, begun


@pytest.fixture
async def timeline(world: World) -> Timeline:
    return await begun(world)
