"""A guest of a workspace, at every route that reads: only what is on the list answers, and never of anything else.

Everything in the workspace that the guest has no part in carries a word that must not be in any answer.
"""

from __future__ import annotations

import io
import itertools
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
from fastapi.routing import APIRoute
from pypdf import PdfReader
from sqlalchemy import insert, select

from gonfalon.accounts.model import Role
from gonfalon.accounts.tables import users
from gonfalon.entry import rooms
from gonfalon.people.tables import people, topics
from tests.approvals.factory import group_step, join, make_group, make_rule
from tests.conftest import World
from tests.planning.budget.factory import good
from tests.planning.factory import BODY, make_ready

CANARY = "qzxkanari"
"""In the name of everything; long enough never to be among a file's compressed bytes."""
Clients = Callable[..., httpx2.AsyncClient]


def reading_routes() -> Iterator[APIRoute]:
    for router in (router for room in rooms.ROOMS for router in room.api):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            if "{workspace}" in route.path and "GET" in (route.methods or ()):
                yield route


def words_of(answer: httpx2.Response) -> str:
    """What the answer says, in small letters; a PDF's text is read out of it."""
    if answer.content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).lower()
    return answer.text.lower()


async def post(world: World, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await world.http.post(f"{world.path}/{path}", json=body)
    assert answer.is_success, (path, answer.text)
    return dict(answer.json()) if answer.content and isinstance(answer.json(), dict) else {}


async def fill(world: World, client_of: Clients) -> dict[str, list[str]]:
    """A workspace full of things, all with the word in their names; ids by the parameter of the path they fill."""
    q = CANARY
    member = await join(world, client_of, f"Carl {q}", Role.MANAGER)
    async with world.services.db.transaction() as connection:
        await connection.execute(
            users.update().where(users.c.id == member.id).values(email=f"carl-{q}-{member.id.hex}@example.com")
        )
        topic = insert(topics).values(workspace_id=world.workspace.id, key=f"{q}_topic", name=f"Topic {q}")
        await connection.execute(topic)
        person = insert(people).values(
            workspace_id=world.workspace.id,
            email=f"{q}@example.com",
            attributes={"area": f"Area {q}"},
            tags=[f"{q}-tag"],
        )
        person_id = (await connection.execute(person.returning(people.c.id))).scalar_one()
        topic_ids = [str(each) for each in (await connection.execute(select(topics.c.id))).scalars()]
    await post(world, "attributes", {"key": f"{q}_key", "label": f"Label {q}", "type": "text"})
    audience = await post(world, "audiences", {"kind": "list", "name": f"List {q}"})
    sender = await post(world, "senders", {"from_name": f"Sender {q}", "from_address": f"{q}@shop.example"})
    template = await post(world, "templates", {"name": f"Template {q}", "subject": f"Subject {q}", "body": BODY})
    campaign = await post(world, "campaigns", {"name": f"Campaign {q}", "category": "engagement"})
    home = f"campaigns/{campaign['id']}"
    touchpoint = await post(
        world,
        f"{home}/touchpoints",
        {"name": f"Touchpoint {q}", "audience_id": audience["id"], "template_id": template["id"],
         "sender_identity_id": sender["id"], "send_at": "2030-01-01T10:00:00Z"},
    )  # fmt: skip
    await post(world, f"{home}/budget", {"name": f"Line {q}", "resource": "media", "planned_minor": 100})
    await post(world, f"{home}/tasks", {"name": f"Task {q}", "owner_id": str(member.id)})
    goal = await post(
        world, "goals", {"name": f"Goal {q}", "metric": "revenue", "target": "100", "deadline": "2030-01-01"}
    )
    moment = {"kind": "sale", "name": f"Moment {q}", "starts_on": "2030-01-01", "ends_on": "2030-01-02"}
    await post(world, "calendar/moments", moment)
    page = await post(world, "playbook/pages", {"title": f"Page {q}", "body": f"Text {q}", "tags": [f"{q}-page"]})
    group = await make_group(world, f"Group {q}", member)
    await make_rule(world, group_step(group), kind="launch", over_minor=50)
    request = await post(world, "approvals", {"kind": "launch", "id": touchpoint["id"], "note": f"Note {q}"})
    await post(world, f"things/campaign/{campaign['id']}/comments", {"body": f"Said {q}"})
    await post(world, "suppressions", {"address": f"{q}-bounced@example.com"})
    await post(world, "api-keys", {"name": f"Key {q}", "scopes": ["read"]})
    await post(world, "invitations", {"email": f"{q}-invited@example.com", "role": "guest"})
    await post(world, "campaign-templates", {"campaign_id": campaign["id"], "name": f"Plan {q}"})
    good(
        await world.http.put(
            f"{world.path}/email/settings",
            json={"provider": "smtp", "host": f"{q}.mail.example", "port": 587, "security": "starttls",
                  "username": f"user-{q}", "password": "secret"},
        ),
        200,
    )  # fmt: skip
    plans = (await world.http.get(f"{world.path}/campaign-templates")).json()
    plans = plans["items"] if isinstance(plans, dict) else plans
    lesson = {"title": f"Lesson {q}", "statement": f"Lesson {q}", "campaign_id": campaign["id"]}
    lesson_id = (await post(world, "lessons", lesson))["id"]
    return {
        "campaign_id": [campaign["id"]],
        "touchpoint_id": [touchpoint["id"]],
        "audience_id": [audience["id"]],
        "template_id": [template["id"], *(each["id"] for each in plans if q in str(each))],
        "goal_id": [goal["id"]],
        "lesson_id": [lesson_id],
        "page_id": [page["id"]],
        "request_id": [request["id"]],
        "person_id": [str(person_id)],
        "user_id": [str(member.id), str(world.ctx.actor.id)],
        "thing_id": [campaign["id"], touchpoint["id"], audience["id"], template["id"], request["id"]],
        "kind": ["campaign", "touchpoint", "audience", "template", "approval", "task"],
        "topic_id": topic_ids,
        "number": ["1"],
        "mail_id": ["1"],
    }


QUERIES = {
    "get_approval_standing": [{"kind": "launch", "id": "{touchpoint_id}"}, {"kind": "budget", "id": "{campaign_id}"}],
    "count_audiences": [{"ids": "{audience_id}"}],
    "list_attribute_values": [{"key": "area"}],
    "get_calendar": [{"from": "2029-12-01", "to": "2030-02-01"}],
    "get_collisions": [{"from": "2029-12-01", "to": "2030-02-01"}],
    "get_capacity": [{"from": "2029-12-01", "to": "2030-02-01"}],
    "list_asked_of": [{"from": "2029-12-01", "to": "2030-02-01"}],
    "review_money": [{"from": "2020-01-01", "to": "2030-02-01"}],
    "find_goals": [{"q": CANARY}],
    "find_tasks": [{"q": CANARY}],
}


REVIEWED = {
    # of themselves
    "count_unread", "list_calendar_feeds", "list_my_work", "list_notice_settings", "list_notices", "list_members",
    "get_work_calendar",
    # the same for everybody, and nothing of the workspace but its name, money and clock
    "get_workspace", "get_calendar_settings", "get_budget_settings", "list_exchange_rates", "list_campaign_types",
    "list_channels", "list_metrics", "list_starters",
    # of campaigns they have a part in
    "check_touchpoint", "count_audience", "count_audiences", "find_goals", "find_tasks", "get_approval",
    "get_approval_standing", "get_audience", "get_brief", "get_brief_version", "get_budget", "get_budget_burn",
    "get_calendar", "get_campaign", "get_campaign_stage", "get_campaign_timeline", "get_channel_plan",
    "get_collisions", "get_delivery", "get_lesson", "get_retrospective", "get_task", "get_template",
    "get_template_version", "get_thing", "get_timeline_changes", "get_touchpoint", "list_activity",
    "list_all_touchpoints", "list_approvals", "list_asked_of", "list_attributes", "list_audience_snapshots",
    "list_attention",
    "list_audience_users", "list_audiences", "list_brief_changes", "list_brief_versions", "list_campaign_attention",
    "list_campaign_members", "list_campaigns", "list_comments", "list_archived_goals", "list_goals", "list_lessons",
    "list_matching_lessons", "list_page_tags", "list_pages", "list_reallocations", "list_similar_briefs",
    "list_spend_entries", "list_template_versions", "list_templates", "list_topics", "list_touchpoints",
    "print_brief", "print_retrospective", "show_template_version", "sum_budgets",
}  # fmt: skip
"""What a guest may be answered at all. Add a route only after reading what it says to somebody from outside."""

ASKED = [
    ("templates/gaps", {"subject": "Hi {{ person.area }}", "body": BODY}),
    ("templates/gaps", {"subject": "Hi", "body": BODY, "list_id": "{audience_id}"}),
    ("audiences/count", {"rule": {"kind": "all", "rules": []}}),
    ("audiences/overlap", {"first": "{audience_id}", "second": "{audience_id}"}),
    ("approval-rules/try", {"kind": "launch", "amount_minor": 1000}),
    ("approvals", {"kind": "launch", "id": "{touchpoint_id}"}),
    ("touchpoints/{touchpoint_id}/messages/exports", {}),
    ("campaigns/{campaign_id}/report/exports", {}),
    ("campaign-templates/{template_id}/preview", {"name": "Mine", "starts_on": "2030-01-01"}),
    ("things/campaign/{campaign_id}/presence", {}),
    ("things/template/{template_id}/presence", {}),
    ("things/campaign/{campaign_id}/comments", {"body": "Hello"}),
    ("calendar/moves/preview", {"kind": "touchpoint", "id": "{touchpoint_id}", "day": "2030-01-02"}),
    ("people/exports", {"person_ids": [1]}),
]
"""What is asked by POST and changes nothing, or should not be theirs to begin with."""


def places(route: APIRoute, world: World, ids: dict[str, list[str]], mine: dict[str, str]) -> Iterator[str]:
    """The route's addresses with every id of things that are not the guest's, and with those that are."""
    names = re.findall(r"{(\w+)(?::\w+)?}", route.path.replace("{workspace}", ""))
    choices = [[*ids.get(name, ["1"]), *([mine[name]] if name in mine else [])] for name in names]
    for chosen in itertools.product(*choices):
        path = route.path.replace("{workspace}", world.workspace.slug)
        for name, value in zip(names, chosen, strict=True):
            path = re.sub(rf"{{{name}(:\w+)?}}", value, path)
        yield f"/api/v1{path}"


async def test_a_guest_is_told_of_their_campaigns_alone(world: World, client_of: Clients) -> None:
    ids = await fill(world, client_of)
    first = {name: each[0] for name, each in ids.items()}
    ready = await make_ready(world)
    guest = await join(world, client_of, "Gus", Role.GUEST)
    member = f"{world.path}/campaigns/{ready.campaign['id']}/members/{guest.id}"
    assert (await world.http.put(member, json={"part": "does"})).status_code == 204
    mine = {
        "campaign_id": ready.campaign["id"],
        "touchpoint_id": ready.touchpoint["id"],
        "audience_id": ready.audience,
        "template_id": ready.template["id"],
    }
    answered, told, known = set(), [], set()
    for route in reading_routes():
        for path in places(route, world, ids, mine):
            for query in [{}, *QUERIES.get(str(route.operation_id), [])]:
                asked = {key: value.format(**first) for key, value in query.items()}
                answer = await guest.http.get(path, params=asked)
                assert answer.status_code < 500, (path, answer.text)
                if answer.status_code == 200:
                    answered.add(str(route.operation_id))
                if CANARY in words_of(answer):
                    told.append((answer.status_code, path, answer.text[:300]))
                if CANARY in words_of(await world.http.get(path, params=asked)):
                    known.add(str(route.operation_id))
    for path, body in ASKED:
        plain = json.loads(re.sub(r"{(\w+_id)}", lambda found: first[found.group(1)], json.dumps(body)))
        answer = await guest.http.post(f"{world.path}/{path.format(**first)}", json=plain)
        if CANARY in words_of(answer) or answer.status_code not in (403, 404):
            told.append((answer.status_code, path, answer.text[:300]))
    assert told == []
    assert answered - REVIEWED == set()
    assert len(known) > 40, "the workspace is full of what is not theirs to know"
    feed = await guest.http.post(f"{world.path}/calendar/feeds", json={"name": "Mine"})
    shown = await client_of().get(feed.json()["address"])
    assert shown.status_code == 200
    assert CANARY not in words_of(shown)
    people = (await guest.http.get(f"{world.path}/members")).json()
    owner = world.ctx.actor.name
    assert {each["name"]: bool(each["email"]) for each in people} == {"Gus": True, owner: False}
