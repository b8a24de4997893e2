"""What each room brings to the processes: its routes, jobs, and what a new workspace begins with.

One line per room in each list; nothing else in the code knows them all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncConnection

import gonfalon.accounts.audit.actions
import gonfalon.accounts.audit.routes
import gonfalon.accounts.keys.routes
import gonfalon.accounts.members.routes
import gonfalon.accounts.recovery.routes
import gonfalon.accounts.routes
import gonfalon.audiences.actions
import gonfalon.audiences.copied
import gonfalon.audiences.routes
import gonfalon.channels.email.actions
import gonfalon.channels.email.routes
import gonfalon.content.assets.routes
import gonfalon.content.templates.routes
import gonfalon.delivery.actions
import gonfalon.delivery.routes
import gonfalon.insights.goals.routes
import gonfalon.insights.metrics.routes
import gonfalon.insights.report.routes
import gonfalon.people.attributes.actions
import gonfalon.people.attributes.routes
import gonfalon.people.consent.actions
import gonfalon.people.consent.routes
import gonfalon.people.directory.routes
import gonfalon.people.imports.routes
import gonfalon.people.privacy.routes
import gonfalon.people.profiles.routes
import gonfalon.planning.approvals.policy.actions
import gonfalon.planning.approvals.policy.routes
import gonfalon.planning.approvals.routes
import gonfalon.planning.attention.routes
import gonfalon.planning.briefs.routes
import gonfalon.planning.budget.entries.routes
import gonfalon.planning.budget.moves.routes
import gonfalon.planning.budget.rollup.routes
import gonfalon.planning.budget.routes
import gonfalon.planning.budget.settings.routes
import gonfalon.planning.calendar.collisions.routes
import gonfalon.planning.calendar.feeds.routes
import gonfalon.planning.calendar.moves.routes
import gonfalon.planning.calendar.routes
import gonfalon.planning.campaigns.access
import gonfalon.planning.campaigns.routes
import gonfalon.planning.channelplan.routes
import gonfalon.planning.goals.routes
import gonfalon.planning.goals.store
import gonfalon.planning.launch.routes
import gonfalon.planning.playbook.lessons.routes
import gonfalon.planning.playbook.lessons.store
import gonfalon.planning.playbook.pages.actions
import gonfalon.planning.playbook.pages.routes
import gonfalon.planning.playbook.pages.store
import gonfalon.planning.playbook.retrospective.routes
import gonfalon.planning.playbook.templates.routes
import gonfalon.planning.reviews.routes
import gonfalon.planning.timeline.baselines.routes
import gonfalon.planning.timeline.capacity.routes
import gonfalon.planning.timeline.replan.routes
import gonfalon.planning.timeline.routes
import gonfalon.planning.touchpoints.routes
import gonfalon.teamwork.comments.actions
import gonfalon.teamwork.comments.routes
import gonfalon.teamwork.notices.routes
import gonfalon.teamwork.together.routes
import gonfalon.tracking.actions
import gonfalon.tracking.collector.intake
import gonfalon.tracking.collector.routes
import gonfalon.tracking.links.routes
import gonfalon.tracking.links.tracker
import gonfalon.tracking.preferences.routes
from gonfalon.accounts.model import Permission, Workspace
from gonfalon.audiences.tables import audiences
from gonfalon.content.tables import templates
from gonfalon.entry.post import post_resource
from gonfalon.kit.services import Services
from gonfalon.planning.approvals.tables import approval_requests
from gonfalon.planning.tables import campaigns, touchpoints
from gonfalon.planning.timeline.tables import tasks
from gonfalon.teamwork.model import Guard, Look, ThingKind
from gonfalon.teamwork.store import looked_up_in

API_ROUTERS: list[APIRouter] = [
    gonfalon.accounts.routes.router,
    gonfalon.accounts.members.routes.router,
    gonfalon.accounts.recovery.routes.router,
    gonfalon.accounts.keys.routes.router,
    gonfalon.accounts.audit.routes.router,
    gonfalon.teamwork.comments.routes.router,
    gonfalon.teamwork.notices.routes.router,
    gonfalon.teamwork.together.routes.router,
    gonfalon.people.consent.routes.router,
    gonfalon.people.attributes.routes.router,
    gonfalon.people.imports.routes.router,
    gonfalon.people.directory.routes.router,
    gonfalon.people.profiles.routes.router,
    gonfalon.people.privacy.routes.router,
    gonfalon.planning.campaigns.routes.router,
    gonfalon.planning.attention.routes.router,
    gonfalon.planning.goals.routes.router,
    gonfalon.planning.briefs.routes.router,
    gonfalon.planning.channelplan.routes.router,
    gonfalon.planning.budget.routes.router,
    gonfalon.planning.budget.entries.routes.router,
    gonfalon.planning.budget.moves.routes.router,
    gonfalon.planning.budget.rollup.routes.router,
    gonfalon.planning.budget.settings.routes.router,
    gonfalon.planning.timeline.routes.router,
    gonfalon.planning.timeline.replan.routes.router,
    gonfalon.planning.timeline.baselines.routes.router,
    gonfalon.planning.timeline.capacity.routes.router,
    gonfalon.planning.touchpoints.routes.router,
    gonfalon.planning.launch.routes.router,
    gonfalon.planning.calendar.routes.router,
    gonfalon.planning.calendar.collisions.routes.router,
    gonfalon.planning.calendar.moves.routes.router,
    gonfalon.planning.calendar.feeds.routes.router,
    gonfalon.planning.approvals.routes.router,
    gonfalon.planning.approvals.policy.routes.router,
    gonfalon.planning.playbook.pages.routes.router,
    gonfalon.planning.playbook.lessons.routes.router,
    gonfalon.planning.playbook.templates.routes.router,
    gonfalon.planning.playbook.retrospective.routes.router,
    gonfalon.planning.reviews.routes.router,
    gonfalon.insights.goals.routes.router,
    gonfalon.insights.metrics.routes.router,
    gonfalon.insights.report.routes.router,
    gonfalon.audiences.routes.router,
    gonfalon.channels.email.routes.router,
    gonfalon.delivery.routes.router,
    gonfalon.tracking.collector.routes.router,
    gonfalon.tracking.links.routes.api,
    gonfalon.content.templates.routes.router,
    gonfalon.content.assets.routes.router,
]
"""Routes below /api/v1."""

PUBLIC_ROUTERS: list[APIRouter] = [
    gonfalon.tracking.collector.routes.public,
    gonfalon.tracking.links.routes.router,
    gonfalon.content.assets.routes.public,
    gonfalon.tracking.preferences.routes.router,
    gonfalon.planning.calendar.feeds.routes.public,
]
"""Routes at the root: the collector (/v1/…) and the links in messages."""

JOB_MODULES: list[str] = [
    "gonfalon.accounts.jobs",
    "gonfalon.people.imports.jobs",
    "gonfalon.planning.approvals.jobs",
    "gonfalon.planning.attention.jobs",
    "gonfalon.planning.launch.jobs",
    "gonfalon.planning.playbook.lessons.jobs",
    "gonfalon.teamwork.mail.jobs",
]
"""Modules that declare Procrastinate tasks; importing one registers them."""

NEW_WORKSPACE: list[Callable[[AsyncConnection, Workspace], Awaitable[None]]] = [
    gonfalon.people.consent.actions.new_workspace,
    gonfalon.people.attributes.actions.new_workspace,
    gonfalon.planning.approvals.policy.actions.new_workspace,
    gonfalon.planning.playbook.pages.actions.new_workspace,
]
"""What rooms put into a new workspace, in its creating transaction."""

ERASURE: list[Callable[[AsyncConnection, int, int], Awaitable[None]]] = [
    gonfalon.accounts.audit.actions.forget,
    gonfalon.teamwork.comments.actions.forget,
    gonfalon.tracking.actions.forget,
    gonfalon.audiences.actions.forget,
    gonfalon.channels.email.actions.forget,
    gonfalon.delivery.actions.forget,
]
"""How every room forgets a person, in the erasing transaction."""

RESOURCES: list[Callable[[Services], AbstractAsyncContextManager[object]]] = [
    gonfalon.audiences.copied.analytics_copy,
    gonfalon.tracking.links.tracker.tracker_resource,
    gonfalon.tracking.collector.intake.intake_resource,
    post_resource,
]
"""What the app process opens at its start and closes at its end (analytics engine, hit writer, …)."""

THINGS: dict[ThingKind, Look] = {
    ThingKind.CAMPAIGN: looked_up_in(campaigns, Permission.CAMPAIGNS_READ, campaign="id"),
    ThingKind.TOUCHPOINT: looked_up_in(touchpoints, Permission.CAMPAIGNS_READ),
    ThingKind.GOAL: gonfalon.planning.goals.store.look_at_goal,
    ThingKind.BRIEF: looked_up_in(campaigns, Permission.CAMPAIGNS_READ, campaign="id"),
    ThingKind.BUDGET: looked_up_in(campaigns, Permission.CAMPAIGNS_READ, campaign="id"),
    ThingKind.TASK: looked_up_in(tasks, Permission.CAMPAIGNS_READ),
    ThingKind.LESSON: gonfalon.planning.playbook.lessons.store.look_at_lesson,
    ThingKind.PAGE: gonfalon.planning.playbook.pages.store.look_at_page,
    ThingKind.APPROVAL: looked_up_in(approval_requests, Permission.CAMPAIGNS_READ, title="title"),
    ThingKind.TEMPLATE: looked_up_in(templates, Permission.CONTENT_READ, campaign=None),
    ThingKind.AUDIENCE: looked_up_in(audiences, Permission.AUDIENCES_READ, campaign=None),
}
"""How members find each kind of thing that can be talked about, followed and looked at together."""

VISIBLE: list[Guard] = [gonfalon.planning.campaigns.access.see_campaign]
"""Who may see a campaign and what belongs to it."""

BODY_LIMITS: dict[str, int] = {
    "imports": gonfalon.people.imports.routes.BODY_LIMIT,
}
"""Last path segment → bytes accepted, where a route takes more than the usual 8 MiB."""
