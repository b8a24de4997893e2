"""One real object of a workspace for every id that a path may hold."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text

from gonfalon.planning.briefs.model import Section, single_id
from tests.conftest import World
from tests.people.files import customers, upload
from tests.planning.factory import make_ready


async def objects(world: World) -> dict[str, Any]:
    """Ids by the names that paths use; `/campaign-templates/{template_id}` overrides a name below one path."""
    ready = await make_ready(world)
    campaign = f"/campaigns/{ready.campaign['id']}"
    uploaded = await upload(world, customers(2))
    senders = (await world.http.get(f"{world.path}/senders")).json()
    return {
        "campaign_id": ready.campaign["id"], "touchpoint_id": ready.touchpoint["id"], "audience_id": ready.audience,
        "template_id": ready.template["id"], "person_id": ready.people[0], "topic_id": ready.topic,
        "import_id": uploaded["id"], "sender_id": senders[0]["id"], "key": "area", "user_id": world.ctx.actor.id,
        "number": 1, "version": 1,
        "relay_id": (await make(world, "/email/relays", {"name": "B", "provider": "smtp", "host": "b.example"}))["id"],
        "company_id": (await make(world, "/companies", {"name": "Works"}))["id"],
        **await _persona(world),
        "score_id": (await make(world, "/scores", {"name": "s"}))["id"],
        **await _settings(world),
        **await _written(world),
        **await _sources(world),
        **await _forms(world),
        **await _reviews(world, str(ready.template["id"])),
        **await _talk(world, ready.campaign["id"]),
        **await _plan(world, campaign, ready.campaign["id"], str(ready.audience)),
        **await _money(world, campaign),
        **await _approvals(world, ready.campaign["id"]),
        **await _playbook(world, campaign, ready.campaign["id"]),
        **await _merged(world),
    }  # fmt: skip


async def make(world: World, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
    answer = await world.http.request(method, f"{world.path}{path}", json=body or {})
    assert answer.status_code < 300, f"{path}: {answer.text}"
    return answer.json() if answer.content else None


async def _persona(world: World) -> dict[str, Any]:
    persona = await make(world, "/personas", {"name": "Greta"})
    note = await make(world, f"/personas/{persona['id']}/notes", {"kind": "survey", "finding": "Buys at night"})
    return {"persona_id": persona["id"], "note_id": note["id"]}


async def _settings(world: World) -> dict[str, Any]:
    return {
        "key_id": (await make(world, "/api-keys", {"name": "k", "scopes": ["read"]}))["id"],
        "suppression_id": (await make(world, "/suppressions", {"channel": "email", "address": "x@y.se"}))["id"],
        "invitation_id": (await make(world, "/invitations", {"email": "new@example.com", "role": "analyst"}))["id"],
    }


async def _written(world: World) -> dict[str, Any]:
    async with world.services.db.transaction() as connection:
        asset = await connection.execute(
            text(
                "insert into assets (id, workspace_id, name, media_type, size, digest, body) values"
                " (gen_random_uuid(), :w, 'a', 'image/png', 1, '\\x00', '\\x00') returning id"
            ),
            {"w": world.workspace.id},
        )
        mail = await connection.execute(
            text(
                "insert into sandbox_mails (workspace_id, mail_from, rcpt_to, size, raw)"
                " values (:w, 'a@b.se', 'c@d.se', 4, 'Hi\r\n') returning id"
            ),
            {"w": world.workspace.id},
        )
        notice = await connection.execute(
            text(
                "insert into notices (workspace_id, user_id, thing_kind, thing_id, kind, actor_name, title, delivery)"
                " values (:w, cast(:u as uuid), 'campaign', gen_random_uuid(), 'commented', 'A', 'B', 'off')"
                " returning id"
            ),
            {"w": world.workspace.id, "u": world.ctx.actor.id},
        )
        return {
            "asset_id": asset.scalar_one(), "mail_id": mail.scalar_one(), "notice_id": notice.scalar_one()
        }  # fmt: skip


async def _sources(world: World) -> dict[str, Any]:
    async with world.services.db.transaction() as connection:
        kind = await connection.execute(
            text(
                "insert into event_kinds (id, workspace_id, name, first_at, last_at, updated_by)"
                " values (gen_random_uuid(), :w, 'Bought', now(), now(), 'A') returning id"
            ),
            {"w": world.workspace.id},
        )
        kind_id = kind.scalar_one()
    source = await make(world, "/sources", {"name": "Shop", "kind": "site"})
    return {"source_id": source["id"], "kind_id": kind_id}


async def _forms(world: World) -> dict[str, Any]:
    form = await make(world, "/forms", {"name": "f"})
    async with world.services.db.transaction() as connection:
        answer = await connection.execute(
            text(
                "insert into form_answers (workspace_id, form_id, key, number, state, single)"
                " values (:w, cast(:f as uuid), gen_random_uuid(), 1, 'held', false) returning id"
            ),
            {"w": world.workspace.id, "f": form["id"]},
        )
        return {"form_id": form["id"], "answer_id": answer.scalar_one()}


async def _reviews(world: World, template_id: str) -> dict[str, Any]:
    step = {"kind": "review", "seats": [{"user_id": world.ctx.actor.id}]}
    asked = {"kind": "template", "content_id": template_id, "steps": [step]}
    review = (await make(world, "/content-reviews", asked))["id"]
    link = await make(world, f"/content-reviews/{review}/links", {"name": "Client"})
    return {"review_id": review, "review_link_id": link["id"]}


async def _talk(world: World, campaign_id: str) -> dict[str, Any]:
    comment = await make(world, f"/things/campaign/{campaign_id}/comments", {"body": "Good"})
    return {"kind": "campaign", "thing_id": campaign_id, "comment_id": comment["id"]}


async def _plan(world: World, campaign: str, campaign_id: str, audience: str) -> dict[str, Any]:
    task = await make(world, f"{campaign}/tasks", {"name": "Write"})
    baseline = await make(world, f"{campaign}/baselines", {"name": "First"})
    objective = single_id(UUID(campaign_id), Section.OBJECTIVE)
    await make(world, f"{campaign}/brief/passages/{objective}", {"version": 0, "text": "More orders"}, "PUT")
    await make(world, f"{campaign}/brief/versions")
    segment = await make(world, f"{campaign}/channel-plan/segments", {"audience_id": audience})
    segment_id = segment["segments"][0]["id"]
    contact = {"segment_id": segment_id, "stage": "purchase", "channel": "email"}
    contacts = await make(world, f"{campaign}/channel-plan/contacts", contact)
    priority = await make(world, "/priorities", {"year": 2030, "name": "Grow", "kind": "leads"})
    goal = {"metric": "conversions", "target": 100, "deadline": "2030-12-31", "name": "More"}
    above = await make(world, "/goals", goal)
    moment = {"kind": "sale", "name": "Sale", "starts_on": "2030-01-01", "ends_on": "2030-01-02"}
    return {
        "task_id": task["id"], "baseline_id": baseline["id"], "passage_id": objective,
        "segment_id": segment_id, "contact_id": contacts["contacts"][0]["id"],
        "priority_id": priority["id"], "goal_id": above["id"],
        "mail_row_id": (await make(world, "/mail-rows", {"name": "Foot", "rows": [{"type": "section"}]}))["id"],
        "moment_id": (await make(world, "/calendar/moments", moment))["id"],
        "feed_id": (await make(world, "/calendar/feeds", {"name": "Mine"}))["id"],
    }  # fmt: skip


async def _money(world: World, campaign: str) -> dict[str, Any]:
    line = {"name": "Staff", "resource": "staff", "planned_minor": 100}
    lines = [(await make(world, f"{campaign}/budget", line))["lines"][-1]["id"] for _ in range(2)]
    entry = {"line_id": lines[0], "kind": "invoice", "day": "2030-01-01", "amount_minor": 10}
    entries = await make(world, f"{campaign}/budget/entries", entry)
    move = {"from_line_id": lines[0], "to_line_id": lines[1], "amount_minor": 5, "reason": "Needed"}
    moved = await make(world, "/budget/reallocations", move)
    await make(world, "/budget/rates", {"currency": "USD", "day": "2030-01-01", "rate": "1.1"}, "PUT")
    return {
        "line_id": lines[0], "entry_id": entries["id"], "move_id": moved["id"], "currency": "USD", "day": "2030-01-01"
    }  # fmt: skip


async def _approvals(world: World, campaign_id: str) -> dict[str, Any]:
    group = await make(world, "/approval-groups", {"name": "Directors", "members": [world.ctx.actor.id]})
    rule = await make(world, "/approval-rules", {"kind": "brief", "steps": [{"kind": "group", "ref": group["id"]}]})
    request = await make(world, "/approvals", {"kind": "brief", "id": campaign_id})
    return {"group_id": group["id"], "rule_id": rule["id"], "request_id": request["id"]}


async def _playbook(world: World, campaign: str, campaign_id: str) -> dict[str, Any]:
    page = await make(world, "/playbook/pages", {"title": "Words"})
    lesson = await make(world, "/lessons", {"title": "Short wins"})
    template = await make(world, "/campaign-templates", {"campaign_id": campaign_id, "name": "Again"})
    action = await make(world, f"{campaign}/retrospective/actions", {"name": "Do it again"})
    return {
        "page_id": page["id"], "lesson_id": lesson["id"], "section": "worked", "action_id": action["actions"][0]["id"],
        "/campaign-templates/{template_id}": template["id"],
    }  # fmt: skip


async def _merged(world: World) -> dict[str, Any]:
    ids = [(await make(world, "/people", {"email": f"merged{number}@example.com"}))["id"] for number in range(3)]
    merge = await make(world, f"/people/{ids[0]}/merges", {"other_id": ids[1]})
    return {"merge_id": merge["id"], "other_id": ids[2]}
