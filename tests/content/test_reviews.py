"""Reviews through the API, as authors and reviewers do them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx2
from sqlalchemy import update

from gonfalon.accounts.model import Role
from gonfalon.content.review.jobs import follow_up_reviews
from gonfalon.content.review.tables import review_steps
from gonfalon.kit.clock import utcnow
from tests.approvals.factory import Person, join
from tests.conftest import World
from tests.content.test_templates_api import BODY, made

Clients = Callable[..., httpx2.AsyncClient]


def review(*people: Person, quorum: str = "any", **more: Any) -> dict[str, Any]:
    """A review step."""
    return {"kind": "review", "quorum": quorum, "seats": [{"user_id": str(each.id)} for each in people]} | more


async def ask(world: World, by: Person, content: dict[str, Any], *steps: dict[str, Any]) -> dict[str, Any]:
    body = {"kind": "template", "content_id": content["id"], "steps": list(steps), "note": "The spring offer"}
    answer = await by.http.post(f"{world.path}/content-reviews", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def say(world: World, by: Person, found: dict[str, Any], answer: str = "yes", **more: Any) -> httpx2.Response:
    body = {"step": found["step"], "version": found["version"], "answer": answer, "note": "Shorter, please"} | more
    return await by.http.post(f"{world.path}/content-reviews/{found['id']}/answers", json=body)


async def save(world: World, by: Person, content: dict[str, Any], version: int) -> dict[str, Any]:
    """The next version."""
    body = {
        "name": content["name"],
        "version": version,
        "subject": f"after {version}",
        "body": content.get("body", BODY),
    }
    answer = await by.http.put(f"{world.path}/templates/{content['id']}", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def look(world: World, found: dict[str, Any], by: Person | None = None) -> dict[str, Any]:
    answer = await (by.http if by else world.http).get(f"{world.path}/content-reviews/{found['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def told(world: World, who: Person) -> list[tuple[str, Any]]:
    notices = (await who.http.get(f"{world.path}/notices")).json()["items"]
    return [(each["kind"], each["values"].get("decision")) for each in notices]


async def team(world: World, client_of: Clients) -> tuple[Person, Person, Person]:
    """An author, who may write, and two reviewers."""
    return (
        await join(world, client_of, "Ada", Role.CREATOR),
        await join(world, client_of, "Rob", Role.ANALYST),
        await join(world, client_of, "Sue", Role.ANALYST),
    )


async def test_a_usual_review_goes_from_draft_to_final_yes(world: World, client_of: Clients) -> None:
    ada, rob, sue = await team(world, client_of)
    content = await made(world)
    draft = {"kind": "draft", "days": 2}
    found = await ask(world, ada, content, draft, review(rob, days=1), draft, review(sue))
    assert (found["state"], found["step"], found["may_hand_in"]) == ("open", 0, True)
    assert await told(world, rob) == [], "it is the author's turn"

    early = await say(world, rob, found)
    assert (early.status_code, early.json()["code"]) == (409, "review_step_over")
    hand_in = f"{world.path}/content-reviews/{found['id']}/hand-in"
    answer = await ada.http.post(hand_in, json={"step": 0, "version": 1})
    assert answer.status_code == 200, answer.text
    assert await told(world, rob) == [("review_asked", None)]
    found = await look(world, found, rob)
    assert found["may_answer"], "Rob has a seat"
    assert found["steps"][1]["due_at"] > found["steps"][1]["begun_at"]
    assert not (await look(world, found, sue))["may_answer"]
    assert (await say(world, sue, found)).json()["code"] == "review_not_yours"
    assert (await say(world, rob, found, "changes", note=" ")).json()["code"] == "review_note"
    assert (await say(world, rob, found, "changes")).status_code == 200
    assert await told(world, ada) == [("review_answered", "changes")]

    await save(world, ada, content, 1)
    stale = await ada.http.post(hand_in, json={"step": 2, "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    assert (await ada.http.post(hand_in, json={"step": 2, "version": 2})).status_code == 200
    found = await look(world, found, sue)
    passed = (await say(world, sue, found)).json()
    assert (passed["state"], passed["passed_version"], passed["step"]) == ("passed", 2, None)
    board = (await rob.http.get(f"{world.path}/content-reviews?state=passed")).json()["items"]
    assert [(each["title"], each["waits_for"]) for each in board] == [("T", [])]


async def test_a_version_saved_between_looking_and_yes_is_not_passed_unseen(world: World, client_of: Clients) -> None:
    ada, rob, sue = await team(world, client_of)
    content = await made(world)
    found = await ask(world, ada, content, review(rob, sue, quorum="all"))
    assert (await say(world, rob, found)).json()["state"] == "open", "both are asked"
    await save(world, ada, content, 1)
    missed = await say(world, sue, found)
    assert (missed.status_code, missed.json()["code"]) == (409, "changed_meanwhile")
    now = await look(world, found)
    assert [(each["answer"], each["counts"]) for each in now["steps"][0]["seats"]] == [("yes", False), (None, False)]
    assert (await say(world, sue, now)).json()["state"] == "open", "Rob's yes was to version 1"
    assert (await say(world, rob, now)).json()["passed_version"] == 2


async def test_two_reviewers_at_once_decide_once(world: World, client_of: Clients) -> None:
    ada, rob, sue = await team(world, client_of)
    found = await ask(world, ada, await made(world), review(rob, sue))
    answers = await asyncio.gather(say(world, rob, found), say(world, sue, found, "changes"))
    assert sorted(each.status_code for each in answers) == [200, 409]
    now = await look(world, found)
    assert now["steps"][0]["result"] == ("yes" if answers[0].status_code == 200 else "changes")
    assert [name for name, _ in await told(world, ada)] == ["review_answered"]


async def test_a_save_and_a_yes_at_once_never_pass_what_nobody_saw(world: World, client_of: Clients) -> None:
    ada, rob, _ = await team(world, client_of)
    content = await made(world)
    found = await ask(world, ada, content, review(rob))
    answer, _ = await asyncio.gather(say(world, rob, found), save(world, ada, content, 1))
    now = await look(world, found)
    assert now["state"] == "open"
    assert now["reopened"] is (answer.status_code == 200)


async def test_a_stand_in_answers_and_the_author_does_not(world: World, client_of: Clients) -> None:
    ada, rob, sue = await team(world, client_of)
    content = await made(world)
    for wrong in (review(ada), {"kind": "review", "seats": [{"user_id": str(rob.id), "stand_in_id": str(ada.id)}]}):
        body = {"kind": "template", "content_id": content["id"], "steps": [wrong]}
        refused = await ada.http.post(f"{world.path}/content-reviews", json=body)
        assert (refused.status_code, refused.json()["code"]) == (422, "review_own_seat")
    step = {"kind": "review", "seats": [{"user_id": str(rob.id), "stand_in_id": str(sue.id)}]}
    found = await ask(world, ada, content, step)
    assert (await say(world, ada, found)).json()["code"] == "review_not_yours"
    passed = (await say(world, sue, found)).json()
    assert passed["state"] == "passed"
    seat = passed["steps"][0]["seats"][0]
    assert (seat["name"], seat["by"]) == ("Rob", "Sue")


async def test_who_wrote_a_version_does_not_pass_it(world: World, client_of: Clients) -> None:
    ada, rob, _ = await team(world, client_of)
    mel = await join(world, client_of, "Mel", Role.MANAGER)
    content = await made(world)
    found = await ask(world, ada, content, review(mel))
    await save(world, mel, content, 1)
    now = await look(world, found, mel)
    assert (now["may_answer"], now["own"]) == (False, True)
    refused = await say(world, mel, now)
    assert (refused.status_code, refused.json()["code"]) == (403, "review_own")
    assert (await rob.http.post(f"{world.path}/content-reviews/{found['id']}/end")).status_code == 403
    owner = Person(mel.id, world.ctx, world.http)
    refused = await say(world, owner, now)
    assert refused.json()["code"] == "review_own", "the owner wrote version 1"


async def test_the_only_member_may_review_their_own_which_is_said(world: World) -> None:
    owner = Person(world.ctx.actor.id, world.ctx, world.http)  # type: ignore[arg-type]
    found = await ask(world, owner, await made(world), review(owner))
    assert (found["may_answer"], found["alone"]) == (True, True)
    assert (await say(world, owner, found)).json()["state"] == "passed"


async def test_a_later_edit_opens_a_passed_review_again(world: World, client_of: Clients) -> None:
    ada, rob, sue = await team(world, client_of)
    content = await made(world)
    found = await ask(world, ada, content, review(rob), {"kind": "draft"}, review(sue))
    await say(world, rob, found)
    await ada.http.post(f"{world.path}/content-reviews/{found['id']}/hand-in", json={"step": 1, "version": 1})
    assert (await say(world, sue, await look(world, found))).json()["state"] == "passed"
    await save(world, ada, content, 1)
    now = await look(world, found, sue)
    assert (now["state"], now["reopened"], now["step"], now["may_answer"]) == ("open", True, 3, True)
    (row,) = (await sue.http.get(f"{world.path}/content-reviews?state=open")).json()["items"]
    assert (row["waits_for"], row["mine"], row["reopened"]) == (["Sue"], True, True)
    await follow_up_reviews(world.services)
    await follow_up_reviews(world.services)
    assert [name for name, _ in await told(world, sue)].count("review_reopened") == 1
    assert [name for name, _ in await told(world, ada)].count("review_reopened") == 1
    assert (await say(world, sue, await look(world, found))).json()["passed_version"] == 2
    again = await ada.http.post(
        f"{world.path}/content-reviews",
        json={"kind": "template", "content_id": content["id"], "steps": [review(rob)]},
    )
    assert again.status_code == 201, "a passed review ends where the next begins"


async def test_who_is_bound_does_not_end_the_review(world: World, client_of: Clients) -> None:
    ada, rob, _ = await team(world, client_of)
    content = await made(world)
    early = await ask(world, ada, content, {"kind": "draft"}, review(rob))
    assert (await ada.http.post(f"{world.path}/content-reviews/{early['id']}/end")).status_code == 200
    found = await ask(world, ada, content, review(rob))
    path = f"{world.path}/content-reviews/{found['id']}/end"
    assert (await ada.http.post(path)).json()["code"] == "review_end"
    body = {"kind": "template", "content_id": content["id"], "steps": [review(rob)]}
    second = await ada.http.post(f"{world.path}/content-reviews", json=body)
    assert (second.status_code, second.json()["code"]) == (409, "review_open")
    assert (await rob.http.post(path)).json()["state"] == "ended"
    of = await ada.http.get(f"{world.path}/content-reviews/of?kind=template&content_id={content['id']}")
    assert of.json()["ended_by"] == "Rob"


async def test_people_are_reminded_once_before_and_once_after(world: World, client_of: Clients) -> None:
    ada, rob, sue = await team(world, client_of)
    step = {"kind": "review", "days": 5, "seats": [{"user_id": str(rob.id), "stand_in_id": str(sue.id)}]}
    await ask(world, ada, await made(world), step)

    async def due(hours: int) -> None:
        async with world.services.db.transaction() as connection:
            mine = review_steps.c.workspace_id == world.workspace.id
            await connection.execute(update(review_steps).where(mine).values(due_at=utcnow() + timedelta(hours=hours)))
        await follow_up_reviews(world.services)
        await follow_up_reviews(world.services)

    await due(5)
    assert [name for name, _ in await told(world, rob)] == ["due_soon", "review_asked"]
    assert await told(world, sue) == []
    await due(-5)
    assert [name for name, _ in await told(world, rob)] == ["overdue", "due_soon", "review_asked"]
    assert await told(world, sue) == [("overdue", None)], "a stand-in is asked when it is late"


async def test_only_owners_say_whether_content_needs_a_review(world: World, client_of: Clients) -> None:
    mel = await join(world, client_of, "Mel", Role.MANAGER)
    path = f"{world.path}/review-settings"
    assert (await world.http.put(path, json={"required": True})).status_code == 200
    assert (await mel.http.put(path, json={"required": False})).status_code == 403
    assert (await mel.http.get(path)).json() == {"required": True}


async def test_guests_are_told_of_no_review_and_have_no_seat(world: World, client_of: Clients) -> None:
    ada, rob, _ = await team(world, client_of)
    gus = await join(world, client_of, "Gus", Role.GUEST)
    content = await made(world)
    found = await ask(world, ada, content, review(rob))
    for path in (
        "content-reviews",
        f"content-reviews/{found['id']}",
        f"content-reviews/of?kind=template&content_id={content['id']}",
    ):
        assert (await gus.http.get(f"{world.path}/{path}")).status_code == 403
    body = {"kind": "template", "content_id": (await made(world))["id"], "steps": [review(gus)]}
    refused = await ada.http.post(f"{world.path}/content-reviews", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "reviewer_unknown")
