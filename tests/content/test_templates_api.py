"""Templates and pictures through the API."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import insert

from gonfalon.accounts.model import Role
from gonfalon.kit.ids import new_id
from gonfalon.people.attributes.actions import create_attribute
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.tables import people
from tests.conftest import World

BODY = (
    '<mjml lang="en"><mj-body><mj-section><mj-column><mj-text>Hi {{ person.first_name }}, {{ person.shoe_size }} '
    '<a href="https://shop.example/">shop</a> <a href="{{ unsubscribe_url }}">leave</a></mj-text>'
    "</mj-column></mj-section></mj-body></mjml>"
)


def png(width: int = 3, height: int = 2) -> bytes:
    """A picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x10\x20\x30" * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


async def made(world: World, **fields: Any) -> dict[str, Any]:
    """A new template."""
    answer = await world.http.post(f"{world.path}/templates", json={"name": "T", "subject": "s", "body": BODY} | fields)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def add_people(world: World, *attributes: dict[str, Any]) -> list[int]:
    """People with attributes."""
    async with world.services.db.transaction() as connection:
        return [
            (
                await connection.execute(
                    insert(people)
                    .values(workspace_id=world.workspace.id, email=f"{uuid4()}@example.com", attributes=each)
                    .returning(people.c.id)
                )
            ).scalar_one()
            for each in attributes
        ]


async def test_starters_are_shown_and_used(make_world: Callable[..., Awaitable[World]]) -> None:
    world = await make_world(language="sv")
    shown = (await world.http.get(f"{world.path}/templates/starters")).json()
    assert len(shown) == 9
    assert all(each["html"].startswith("<!doctype html>") for each in shown)
    template = await made(world, name="", starter="offer", body="", subject="")
    assert template["name"] == "Erbjudande"
    assert template["sendable"] is True
    assert (await world.http.post(f"{world.path}/templates", json={"name": "x", "starter": "nope"})).status_code == 404


async def test_every_save_is_a_version_and_can_be_restored(world: World) -> None:
    template = await made(world)
    path = f"{world.path}/templates/{template['id']}"
    save = {"name": "T", "version": 1, "subject": "two", "body": BODY, "preheader": "", "text": ""}
    saved = (await world.http.put(path, json=save)).json()
    assert (saved["version"], saved["subject"]) == (2, "two")
    same = (await world.http.put(path, json=save | {"version": 2})).json()
    assert same["version"] == 2
    renamed = (await world.http.put(path, json=save | {"version": 2, "name": "New name"})).json()
    assert (renamed["version"], renamed["name"]) == (2, "New name")
    back = (await world.http.post(f"{path}/versions/1/restore", json={"version": 2})).json()
    assert (back["version"], back["subject"], back["name"]) == (3, "s", "New name")
    versions = (await world.http.get(f"{path}/versions")).json()
    assert [(each["number"], each["subject"]) for each in versions] == [(3, "s"), (2, "two"), (1, "s")]
    assert (await world.http.get(f"{path}/versions/2")).json()["subject"] == "two"
    assert (await world.http.get(f"{path}/versions/9")).status_code == 404


async def test_saving_over_somebody_elses_version_is_refused(world: World) -> None:
    template = await made(world)
    path = f"{world.path}/templates/{template['id']}"
    body = {"name": "T", "version": 1, "subject": "mine", "body": BODY}
    assert (await world.http.put(path, json=body)).status_code == 200
    late = await world.http.put(path, json=body | {"subject": "yours"})
    problem = late.json()
    assert (late.status_code, problem["code"], problem["current_version"]) == (409, "changed_meanwhile", 2)
    assert problem["saved_by"] in problem["detail"]
    assert (await world.http.get(path)).json()["subject"] == "mine"


async def test_draft_with_errors_is_kept_and_says_so(world: World) -> None:
    template = await made(world, body="<mjml><mj-body>{% if x %}</mj-body></mjml>")
    assert template["sendable"] is False
    assert template["problems"][0]["level"] == "error"
    row = (await world.http.get(f"{world.path}/templates")).json()["items"][0]
    assert (row["id"], row["sendable"]) == (template["id"], False)


async def test_check_names_problems_links_and_unknown_fields(world: World) -> None:
    await create_attribute(world.ctx, "Shoe size", AttributeType.NUMBER, key="shoe_size")
    source = {"subject": "s", "body": BODY.replace("shoe_size", "shoe_siez")}
    check = (await world.http.post(f"{world.path}/templates/check", json=source)).json()
    unknown = [each["sentence"] for each in check["problems"] if each["code"] == "field_unknown"]
    assert any("person.shoe_siez" in sentence and "person.shoe_size" in sentence for sentence in unknown)
    assert [link["destination"] for link in check["links"]] == ["https://shop.example/"]
    broken = (await world.http.post(f"{world.path}/templates/check", json={"subject": "s", "body": "{{ x"})).json()
    assert (broken["sendable"], broken["problems"][0]["line"]) == (False, 1)


async def test_gaps_count_people_without_a_field(world: World, make_world: Callable[..., Awaitable[World]]) -> None:
    await add_people(world, {"first_name": "A", "shoe_size": 1}, {"first_name": ""}, {"shoe_size": 0}, {})
    await add_people(await make_world(), {}, {})
    source = {"subject": "{{ person.email }}", "body": BODY}
    gaps = (await world.http.post(f"{world.path}/templates/gaps", json=source)).json()
    assert {gap["field"]: (gap["missing"], gap["people"]) for gap in gaps} == {
        "person.email": (0, 4),
        "person.first_name": (3, 4),
        "person.shoe_size": (2, 4),
    }


async def test_preview_as_a_person_and_as_nobody(world: World, make_world: Callable[..., Awaitable[World]]) -> None:
    (person,) = await add_people(world, {"first_name": "<script>alert(1)</script>", "shoe_size": 39})
    (stranger,) = await add_people(await make_world(), {"first_name": "Secret"})
    source = {"subject": "For {{ person.first_name }}", "body": BODY}
    path = f"{world.path}/templates/preview"
    shown = (await world.http.post(path, json=source | {"person_id": person})).json()
    assert shown["subject"] == "For <script>alert(1)</script>"
    assert "<script>" not in shown["html"]
    assert "39" in shown["html"]
    assert 'href="https://shop.example/"' in shown["html"]
    sample = (await world.http.post(path, json=source)).json()
    assert (sample["subject"], sample["gaps"]) == ("For Ada", ["person.shoe_size"])
    refused = await world.http.post(path, json=source | {"person_id": stranger})
    assert refused.status_code == 404
    assert "Secret" not in refused.text
    failed = await world.http.post(path, json={"subject": "s", "body": "{% for x in (1..999999999) %}x{% endfor %}"})
    assert (failed.status_code, failed.json()["code"]) == (422, "liquid_limit")


async def test_preview_page_can_run_nothing(world: World) -> None:
    template = await made(world, body=BODY.replace("<mj-text>", "<mj-text><script>alert(1)</script>"))
    page = await world.http.get(f"{world.path}/templates/{template['id']}/versions/1/preview.html")
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox;")
    assert "default-src 'none'" in policy


async def test_lists_search_page_archive_and_copy(world: World) -> None:
    ids = [(await made(world, name=f"Template {number}"))["id"] for number in range(5)]
    path = f"{world.path}/templates"
    first = (await world.http.get(path, params={"limit": 3})).json()
    rest = (await world.http.get(path, params={"limit": 3, "cursor": first["next_cursor"]})).json()
    assert [row["id"] for row in first["items"] + rest["items"]] == list(reversed(ids))
    assert [row["name"] for row in (await world.http.get(path, params={"q": "plate 3"})).json()["items"]] == [
        "Template 3"
    ]
    assert (await world.http.get(path, params={"q": "100%_"})).json()["items"] == []
    assert (await world.http.post(f"{path}/{ids[0]}/archive")).json()["archived_at"]
    assert len((await world.http.get(path)).json()["items"]) == 4
    assert [row["id"] for row in (await world.http.get(path, params={"archived": True})).json()["items"]] == [ids[0]]
    assert (await world.http.post(f"{path}/{ids[0]}/unarchive")).json()["archived_at"] is None
    copy = await world.http.post(f"{path}/{ids[1]}/duplicate", json={"name": "Copy"})
    assert (copy.status_code, copy.json()["name"], copy.json()["version"]) == (201, "Copy", 1)
    assert copy.json()["body"] == BODY


async def test_roles_and_workspaces_are_kept_apart(world: World, make_world: Callable[..., Awaitable[World]]) -> None:
    template = await made(world)
    analyst = await world.member(Role.ANALYST)
    assert (await analyst.get(f"{world.path}/templates/{template['id']}")).status_code == 200
    assert (await analyst.post(f"{world.path}/templates", json={"name": "x"})).status_code == 403
    other = await make_world()
    for method, tail, body in (
        ("GET", "", None),
        ("PUT", "", {"name": "x", "version": 1}),
        ("GET", "/versions", None),
        ("GET", "/versions/1", None),
        ("GET", "/versions/1/preview.html", None),
        ("POST", "/versions/1/restore", {"version": 1}),
        ("POST", "/duplicate", {"name": "x"}),
        ("POST", "/archive", None),
    ):
        answer = await other.http.request(method, f"{other.path}/templates/{template['id']}{tail}", json=body)
        assert answer.status_code == 404, (method, tail)


async def upload(world: World, name: str, body: bytes) -> httpx2.Response:
    """Sends a file."""
    return await world.http.post(f"{world.path}/assets", files={"file": (name, body, "image/png")})


async def test_picture_is_kept_served_and_found_again(
    world: World, client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    first = await upload(world, "..\\dir/My <pic>.svg", png())
    assert first.status_code == 201, first.text
    asset = first.json()
    assert (asset["name"], asset["media_type"], asset["width"], asset["height"]) == ("My <pic>.svg", "image/png", 3, 2)
    assert (await upload(world, "again.png", png())).json()["id"] == asset["id"]
    public = client_of()
    shown = await public.get(asset["url"])
    assert (shown.status_code, shown.content, shown.headers["content-type"]) == (200, png(), "image/png")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in shown.headers["content-security-policy"]
    assert (await public.get(asset["url"].replace(".png", ".html"))).status_code == 404
    assert (await public.get(f"/assets/{new_id()}.png")).status_code == 404
    assert [each["id"] for each in (await world.http.get(f"{world.path}/assets")).json()["items"]] == [asset["id"]]
    assert (await world.http.delete(f"{world.path}/assets/{asset['id']}")).status_code == 204
    assert (await world.http.get(f"{world.path}/assets")).json()["items"] == []
    (archived,) = (await world.http.get(f"{world.path}/assets?archived=true")).json()["items"]
    assert (archived["id"], archived["archived_at"] is None) == (asset["id"], False)
    back = await world.http.post(f"{world.path}/assets/{asset['id']}/restore")
    assert (back.status_code, back.json()["archived_at"]) == (200, None)
    assert [each["id"] for each in (await world.http.get(f"{world.path}/assets")).json()["items"]] == [asset["id"]]
    assert (await world.http.get(f"{world.path}/assets?archived=true")).json()["items"] == []
    analyst = await world.member(Role.ANALYST)
    assert (await analyst.post(f"{world.path}/assets/{asset['id']}/restore")).status_code == 403
    assert (await world.http.delete(f"{world.path}/assets/{asset['id']}")).status_code == 204
    assert (await public.get(asset["url"])).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 422, "asset_not_a_picture"),
        (b"<html><script>alert(1)</script>", 422, "asset_not_a_picture"),
        (b"\x89PNG\r\n\x1a\n", 422, "asset_not_a_picture"),
        (b"GIF89a", 422, "asset_not_a_picture"),
        (b"\xff\xd8\xff\xe0", 422, "asset_not_a_picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X", 422, "asset_not_a_picture"),
        (b"", 422, "asset_not_a_picture"),
        (png(1, 1)[:16] + struct.pack(">II", 60_000, 60_000) + png(1, 1)[24:], 422, "asset_pixels"),
        (png() + b"\0" * 5_300_000, 413, "asset_too_large"),
        (b"a,b\n" * 1_400_000, 422, "asset_not_a_picture"),
    ],
)
async def test_what_is_no_picture_is_refused(world: World, body: bytes, status: int, code: str) -> None:
    answer = await upload(world, "x.png", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"GIF89a" + struct.pack("<HH", 5, 7) + b"rest", ("image/gif", 5, 7)),
        (
            b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 7, 5) + b"\x01" * 9,
            ("image/jpeg", 5, 7),
        ),
        (b"RIFF....WEBPVP8X" + b"\x0a\0\0\0" + b"\0" * 4 + b"\x04\0\0\x06\0\0", ("image/webp", 5, 7)),
    ],
)
async def test_other_formats_are_measured(world: World, body: bytes, expected: tuple[str, int, int]) -> None:
    answer = await upload(world, "x", body)
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert (found["media_type"], found["width"], found["height"]) == expected


@pytest.mark.parametrize(
    ("change", "reason", "values", "line"),
    [
        (("{{ person.shoe_size }}", "\n{{ person.x | nope }}"), "filter_unknown", {"name": "nope"}, 2),
        (("</mjml>", "</mjml>\nmore"), "text_after", {}, None),
        (("Hi ", "\n{% if person.x %}Hi "), "tag_unclosed", {"name": "if"}, None),
        (("Hi ", "\n\n<mj-nope>"), "element_unknown", {"name": "mj-nope"}, 3),
        (("</mj-text>", "</mj-body>"), "element_crossed",
         {"name": "mj-body", "opened": "mj-text", "opened_line": 1}, 1),
        (("Hi ", "{% for a in (1..900) %}{% for b in (1..900) %}.{% endfor %}{% endfor %}"), "loops", {}, 1),
        (("https://shop.example/", "shop"), "link_relative", {"link": "shop"}, 1),
        (("person.first_name", "person.firstname"), "field_misspelt",
         {"field": "person.firstname", "near": "person.first_name"}, 1),
    ],
)  # fmt: skip
async def test_problems_have_reasons_that_other_languages_are_made_of(
    world: World, change: tuple[str, str], reason: str, values: dict[str, Any], line: int | None
) -> None:
    source = {"subject": "s", "body": BODY.replace(*change)}
    problems = (await world.http.post(f"{world.path}/templates/check", json=source)).json()["problems"]
    found = [problem for problem in problems if (problem["reason"], problem["values"]) == (reason, values)]
    assert [problem["line"] for problem in found] == [line], problems
    assert all(str(value) in found[0]["sentence"] for value in values.values())


PICTURES = "<mj-carousel-image src='https://a.example/b.png' alt='' />" * 4_000
CAROUSEL = (
    "<mjml lang='en'><mj-body><mj-section><mj-column><mj-carousel>{}</mj-carousel></mj-column></mj-section>"
    "</mj-body></mjml>"
)


async def test_what_takes_too_much_is_stopped_beside_us(world: World) -> None:
    """The child is ended; the process goes on, and so does the next template."""
    body = {"subject": "s", "body": CAROUSEL.format(PICTURES)}
    answer = (await world.http.post(f"{world.path}/templates/check", json=body)).json()
    assert not answer["sendable"]
    assert [problem["reason"] for problem in answer["problems"]] == ["too_costly"]
    refused = await world.http.post(f"{world.path}/templates/preview", json=body)
    assert (refused.status_code, refused.json()["reason"]) == (422, "too_costly")
    fine = await world.http.post(f"{world.path}/templates/preview", json={"subject": "s", "body": "<p>x</p>"})
    assert fine.status_code == 200


async def test_brackets_without_end_are_a_sentence(world: World) -> None:
    body = {"subject": "s", "body": "<p>\n{{ a" + "[" * 900 + "1" + "]" * 900 + " }}</p>"}
    (problem, *_) = (await world.http.post(f"{world.path}/templates/check", json=body)).json()["problems"]
    assert (problem["reason"], problem["line"]) == ("brackets_deep", 2)


async def test_a_mail_is_edited_as_blocks_or_as_code(world: World) -> None:
    template = await made(world)
    opened = await world.http.post(f"{world.path}/templates/blocks", json={"body": template["body"]})
    assert opened.status_code == 200, opened.text
    blocks = opened.json()
    words = blocks["rows"][0]["columns"][0]["blocks"][0]["paragraphs"][0]["runs"]
    assert [run["text"] for run in words[:2]] == ["Hi ", "{{ person.first_name }}"]
    words[0]["text"] = "Dear "
    path = f"{world.path}/templates/{template['id']}"
    save = {"name": "T", "version": 1, "subject": "s", "blocks": blocks}
    saved = (await world.http.put(path, json=save)).json()
    assert saved["version"] == 2
    assert "Dear {{ person.first_name }}" in saved["body"]
    source = (await world.http.post(f"{world.path}/templates/source", json={"blocks": blocks})).json()
    assert source["body"] == saved["body"]
    shown = await world.http.post(
        f"{world.path}/templates/preview", json={"subject": "s", "blocks": blocks, "sample": "right_to_left"}
    )
    assert "Dear محمد" in shown.json()["html"]
    plain = await world.http.post(f"{world.path}/templates/blocks", json={"body": "<p>No MJML</p>"})
    assert (plain.status_code, plain.json()["code"]) == (422, "blocks_unfit")


async def test_a_brand_shapes_new_mails_and_points_to_words(world: World) -> None:
    path = f"{world.path}/brand"
    plain = (await world.http.get(path)).json()
    assert plain["version"] == 0
    words = [{"avoid": "cheap", "prefer": "good value"}, {"avoid": "便宜", "prefer": ""}]
    kit = plain["kit"] | {"theme": plain["kit"]["theme"] | {"accent": "#B2477E"}, "words": words}
    saved = await world.http.put(path, json={"version": 0, "kit": kit})
    assert (saved.status_code, saved.json()["version"]) == (200, 1), saved.text
    stale = await world.http.put(path, json={"version": 0, "kit": kit})
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    assert (await world.http.put(path, json={"version": 1, "kit": plain["kit"]})).json()["version"] == 2
    assert (await world.http.put(path, json={"version": 2, "kit": kit})).status_code == 200
    empty = (await world.http.post(f"{world.path}/templates/blocks", json={"body": ""})).json()
    assert empty["theme"]["accent"] == "#B2477E"
    body = BODY.replace("Hi ", "Cheap <b title='cheap'>cheaply</b> 很便宜 ")
    check = (await world.http.post(f"{world.path}/templates/check", json={"subject": "s", "body": body})).json()
    said = [(each["reason"], each["values"]["word"]) for each in check["problems"] if each["code"] == "brand_word"]
    assert said == [("brand_word_other", "cheap"), ("brand_word", "便宜")]


async def test_a_shared_row_changes_every_mail_that_holds_it(world: World) -> None:
    path = f"{world.path}/mail-rows"
    blocks = (await world.http.post(f"{world.path}/templates/blocks", json={"body": BODY})).json()
    made_row = await world.http.post(path, json={"name": "Foot", "rows": blocks["rows"]})
    assert made_row.status_code == 201, made_row.text
    row = made_row.json()["id"]
    shared = {"type": "shared", "row": row, "rows": blocks["rows"]}
    first, beside, other = [
        await made(world, name=name, body="", blocks=blocks | {"rows": rows})
        for name, rows in (("A", [shared, *blocks["rows"]]), ("B", [shared]), ("C", blocks["rows"]))
    ]
    found = (await world.http.get(path)).json()
    assert [(each["id"], each["version"], each["mails"]) for each in found] == [(row, 1, 2)]
    words = blocks["rows"][0]["columns"][0]["blocks"][0]["paragraphs"][0]["runs"][0]
    words["text"] = r"Back\slash \1 "
    change = {"name": "Foot", "rows": blocks["rows"], "version": 1, "beside": beside["id"]}
    assert (await world.http.put(f"{path}/{row}", json=change)).json() == {"mails": 1}
    assert (await world.http.put(f"{path}/{row}", json=change)).status_code == 409
    bodies = []
    for each, version in ((first, 2), (beside, 1), (other, 1)):
        read = (await world.http.get(f"{world.path}/templates/{each['id']}")).json()
        assert read["version"] == version
        bodies.append(read["body"])
    assert bodies[0].count(r"Back\slash \1 ") == 1
    assert bodies[0].count("Hi ") == 1, "what stands beside the shared row stays"
    opened = (await world.http.post(f"{world.path}/templates/blocks", json={"body": bodies[0]})).json()
    assert [each["type"] for each in opened["rows"]] == ["shared", "section"]
    nested = await world.http.post(path, json={"name": "N", "rows": [shared]})
    assert (nested.status_code, nested.json()["code"]) == (422, "mail_row_nested")
    assert (await world.http.delete(f"{path}/{row}")).status_code == 204
    assert (await world.http.get(path)).json() == []
