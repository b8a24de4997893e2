"""Pages of the playbook: ready-made, written, found in any language, shown where they apply, and safe to show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gonfalon.accounts.model import Role
from gonfalon.kit.words import LANGUAGES
from gonfalon.planning.playbook.pages import rules
from gonfalon.planning.playbook.pages.model import STARTERS
from tests.conftest import World


async def write(world: World, **values: object) -> dict[str, object]:
    answer = await world.http.post(f"{world.path}/playbook/pages", json={"title": "Tone of voice"} | values)
    assert answer.status_code == 201, answer.text
    made: dict[str, object] = answer.json()
    return made


async def titles(world: World, **query: str | int) -> list[str]:
    answer = await world.http.get(f"{world.path}/playbook/pages", params=query)
    assert answer.status_code == 200, answer.text
    return [page["title"] for page in answer.json()["items"]]


async def test_a_workspace_begins_with_pages_and_gets_back_what_it_deleted(world: World) -> None:
    pages = (await world.http.get(f"{world.path}/playbook/pages")).json()["items"]
    assert len(pages) == len(STARTERS)
    beside_brief = await titles(world, applies="brief")
    assert beside_brief == ["Before a brief is agreed", "Rules for messages"]
    glossary = next(page for page in pages if page["kind"] == "glossary")
    shown = (await world.http.get(f"{world.path}/playbook/pages/{glossary['id']}")).json()
    assert "<table>" in shown["html"]
    assert (await world.http.delete(f"{world.path}/playbook/pages/{glossary['id']}")).status_code == 204
    for _ in range(2):
        await world.http.post(f"{world.path}/playbook/starters", json={"language": "sv"})
    assert (await titles(world)).count("Ordlista") == 1
    assert len(await titles(world)) == len(STARTERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ready_made_pages_are_there_in_every_language(language: str) -> None:
    for name in STARTERS:
        title, body = rules.starter(name, language)
        assert title
        assert len(body) > 100
        assert len(body.splitlines()) == len(rules.starter(name, "en")[1].splitlines()), "the same list, translated"


async def test_pages_are_found_by_words_and_chinese_anywhere(world: World) -> None:
    await write(
        world, title="Colour", body="The accent is verdigris; d'accord & (more) | :*", tags=["brand", " brand "]
    )
    await write(world, title="Verdigris", body="A colour of copper.")
    await write(world, title="语气", body="我们的品牌语气友好而直接")
    assert await titles(world, q="verdig") == ["Verdigris", "Colour"], "whose title has it comes first"
    assert await titles(world, q="品牌语气") == ["语气"]
    assert await titles(world, q="d'accord & :*") == ["Colour"]
    assert await titles(world, q="'&|") == []
    assert await titles(world, tag="brand") == ["Colour"]
    assert (await world.http.get(f"{world.path}/playbook/tags")).json() == ["brand"]


async def test_a_list_of_pages_goes_on_where_it_ended(world: World) -> None:
    for number in range(7):
        await write(world, title=f"Zebra {number % 3}", body="stripes")
    seen: list[str] = []
    query: dict[str, str | int] = {"q": "zebra", "limit": 2}
    while True:
        page = (await world.http.get(f"{world.path}/playbook/pages", params=query)).json()
        seen += [one["id"] for one in page["items"]]
        if not page["next_cursor"]:
            break
        query["cursor"] = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 7


async def test_saving_keeps_what_was_and_shows_conflicts(world: World) -> None:
    page = await write(world, body="One")
    path = f"{world.path}/playbook/pages/{page['id']}"
    saved = await world.http.put(path, json={"title": "Tone", "body": "Two", "version": 1})
    assert (saved.status_code, saved.json()["html"]) == (200, "<p>Two</p>\n")
    late = await world.http.put(path, json={"title": "Tone", "body": "Three", "version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    tagged = await world.http.put(path, json={"title": "Tone", "body": "Two", "tags": ["x"], "version": 2})
    assert tagged.status_code == 200
    kept = (await world.http.get(f"{path}/versions")).json()
    assert [(one["version"], one["title"], one["body"]) for one in kept] == [(1, "Tone of voice", "One")]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("# Tone\n\nBe *brief*, be **kind**.", "Tone · Be brief, be kind."),
        ("| word | meaning |\n| :--- | ---: |\n| Lift | *More* than |\n| ROI | `net` |", "Lift: More than · ROI: net"),
        ("See [the guide](https://example.com/a_b) first\n---\n1. one\n2. two", "See the guide first · one · two"),
        ("> Quoted_words stay\n\n```\na | b\n```", "Quoted_words stay · a | b"),
        ("2 * 3 < 7 & a_b_c", "2 * 3 < 7 & a_b_c"),
        ("", ""),
    ],
)
def test_the_first_words_of_a_page_are_read_without_markup(body: str, words: str) -> None:
    assert rules.excerpt(body) == words


async def test_markup_and_scripts_are_shown_as_the_text_they_are(world: World) -> None:
    body = (
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n"
        "[a](javascript:alert(1)) [b](data:text/html,x)\n\n"
        '![pixel](https://elsewhere.example/p.gif)\n\n[shop](https://shop.example/?a=1&b=2 "T") <https://ok.example>'
    )
    html = str((await write(world, body=body))["html"])
    for bad in ("<script", "<img", 'onerror=alert(1)>"', 'href="javascript', 'href="data'):
        assert bad not in html
    assert "&lt;script&gt;" in html
    assert '<a href="https://shop.example/?a=1&amp;b=2" title="T">shop</a>' in html


async def test_a_long_page_is_shown_as_a_short_one_is(world: World) -> None:
    """Long ones are worked out in a child: brackets alone would hold everybody else for seconds."""
    long = "**bold** words\n\n" * 600
    assert str((await write(world, body=long))["html"]).count("<strong>bold</strong>") == 600


async def test_bad_input_gets_a_clear_answer(world: World) -> None:
    path = f"{world.path}/playbook/pages"
    long = await world.http.post(path, json={"title": "Long", "body": "x" * 1_000_000})
    assert (long.status_code, long.json()["code"]) == (422, "page_long")
    assert "1,000,000" in long.json()["detail"]
    for body, code in (
        ({"title": "  "}, "title_missing"),
        ({"title": "a", "tags": [str(n) for n in range(21)]}, "tags_many"),
        ({"title": "a", "tags": ["x" * 41]}, "tags_many"),
        ({"title": "a", "kind": "poem"}, "request_invalid"),
        ({"title": "a\x00"}, "request_invalid"),
    ):
        answer = await world.http.post(path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, code), body


async def test_guests_read_only_what_is_for_them(world: World) -> None:
    inside = await write(world, title="Margins")
    shared = await write(world, title="Logo", for_guests=True)
    guest = await world.member(Role.GUEST)
    listed = (await guest.get(f"{world.path}/playbook/pages")).json()["items"]
    assert [page["id"] for page in listed] == [shared["id"]]
    assert (await guest.get(f"{world.path}/playbook/pages/{inside['id']}")).json()["code"] == "page_unknown"
    assert (await guest.get(f"{world.path}/playbook/pages/{inside['id']}/versions")).status_code == 404
    assert (await guest.post(f"{world.path}/playbook/pages", json={"title": "x"})).status_code == 403


WORDS = Path(__file__).parents[3] / "web" / "src"
DEFINED = re.compile(r"^\| ([^|]+) \| [^|]+ \|$", re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_defines_words_that_the_product_says(language: str) -> None:
    said = "".join(page.read_text(encoding="utf-8") for page in WORDS.rglob(f"messages/{language}.json")).lower()
    _, *words = DEFINED.findall(rules.starter("glossary", language)[1])
    assert len(words) > 10
    ending = "" if language == "zh" else r"(s|x|t|n|en|er|ar|or)?\b"
    assert [word for word in words if not re.search(re.escape(word) + ending, said)] == []
