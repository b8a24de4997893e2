"""Whether a workspace follows clicks and opens, and of whom; kept in the workspace's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.store import change_setting, read_settings
from gonfalon.tracking.links.rules import may_track

_KEY: Final = "tracking"


@dataclass(frozen=True, slots=True)
class TrackingPolicy:
    """`consent_required`: only people who said yes to tracking are followed (asked for in France and Italy)."""

    clicks: bool = True
    opens: bool = True
    consent_required: bool = False

    def of_person(self, tracking_consent: bool | None) -> tuple[bool, bool]:
        """Return whether this person's clicks and opens are followed. A refusal always counts."""
        allowed = may_track(tracking_consent, consent_required=self.consent_required)
        return self.clicks and allowed, self.opens and allowed


def policy_of(settings: Mapping[str, Any]) -> TrackingPolicy:
    """Return the policy in a workspace's settings; what is not set is as in `TrackingPolicy`."""
    given = settings.get(_KEY) or {}
    defaults = asdict(TrackingPolicy())
    return TrackingPolicy(**{name: bool(given.get(name, value)) for name, value in defaults.items()})


async def read_policy(connection: AsyncConnection, workspace_id: int) -> TrackingPolicy:
    """Return the workspace's policy now."""
    return policy_of(await read_settings(connection, workspace_id))


async def change_policy(ctx: Context, policy: TrackingPolicy) -> TrackingPolicy:
    """Set the policy for messages rendered from now on."""
    ctx.require(Permission.WORKSPACE_MANAGE)
    async with ctx.transaction() as connection:
        await change_setting(connection, ctx.workspace.id, _KEY, asdict(policy))
        await ctx.audit(
            connection, "tracking.changed", "workspace", ctx.workspace.id, ctx.workspace.name, **asdict(policy)
        )
    return policy
