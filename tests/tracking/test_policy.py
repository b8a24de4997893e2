"""Who is followed: the workspace's setting and the person's own word."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from gonfalon.accounts.model import Role
from gonfalon.accounts.store import change_setting
from gonfalon.accounts.tables import workspaces
from gonfalon.tracking.links.policy import TrackingPolicy, policy_of
from tests.conftest import World


@pytest.mark.parametrize(
    ("policy", "consent", "followed"),
    [
        (TrackingPolicy(), None, (True, True)),
        (TrackingPolicy(), True, (True, True)),
        (TrackingPolicy(), False, (False, False)),
        (TrackingPolicy(consent_required=True), None, (False, False)),
        (TrackingPolicy(consent_required=True), True, (True, True)),
        (TrackingPolicy(opens=False), True, (True, False)),
        (TrackingPolicy(clicks=False), None, (False, True)),
    ],
)
def test_followed(policy: TrackingPolicy, consent: bool | None, followed: tuple[bool, bool]) -> None:
    """A refusal always counts; silence counts as refusal where consent is required."""
    assert policy.of_person(consent) == followed


async def test_policy_is_kept_beside_other_settings(world: World) -> None:
    path = f"{world.path}/tracking"
    assert (await world.http.get(path)).json() == {"clicks": True, "opens": True, "consent_required": False}
    async with world.services.db.transaction() as connection:
        await change_setting(connection, world.workspace.id, "frequency_cap", {"messages": 3})
    wanted = {"clicks": True, "opens": False, "consent_required": True}
    assert (await world.http.put(path, json=wanted)).json() == wanted
    assert (await world.http.get(path)).json() == wanted
    async with world.services.db.reading() as connection:
        kept = (
            await connection.execute(select(workspaces.c.settings).where(workspaces.c.id == world.workspace.id))
        ).scalar_one()
    assert kept["frequency_cap"] == {"messages": 3}
    assert policy_of(kept) == TrackingPolicy(True, False, True)
    manager = await world.member(Role.MANAGER)
    assert (await manager.put(path, json=wanted)).status_code == 403
