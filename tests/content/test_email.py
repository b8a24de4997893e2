# ruff: noqa: E501
"""Compiling an email: links, preheader, text part, checks, Liquid between MJML elements."""

from __future__ import annotations

import re

import pytest

from gonfalon.content.render import Source, Style, TemplateError, compile_email
from gonfalon.content.render.text import html_to_text
from gonfalon.content.templates.starters import SAMPLE_PEOPLE, starters
from gonfalon.kit.secrets import SecretBox
from gonfalon.kit.words import LANGUAGES
from gonfalon.tracking.links.tokens import Claim, Keys, Purpose, open_destination, verify
from gonfalon.tracking.links.urls import UrlFactory, preview_urls
from gonfalon.tracking.links.utm import Utm

KEYS = Keys.from_secrets(SecretBox(b"k" * 32))
FACTORY = UrlFactory("https://m.example", KEYS)
CLAIM = Claim(1, 2, 3, 4)
UTM = Utm(source="gonfalon", campaign="Autumn").parameters()


def mjml(content: str) -> str:
    """Content in a whole email."""
    return f'<mjml lang="en"><mj-body><mj-section><mj-column>{content}</mj-column></mj-section></mj-body></mjml>'


def hrefs(html: bytes) -> list[str]:
    """The addresses of all links."""
    return re.findall(r'href="([^"]*)"', html.decode())


def test_links_are_numbered_tagged_and_tracked() -> None:
    body = mjml(
        '<mj-button href="https://shop.example/?a=1&amp;b=2#c">One</mj-button>'
        '<mj-text><a href="https://shop.example/p?e={{ person.email | url_encode }}">Two</a>'
        '<a href="mailto:a@b.example">mail</a> <a href="{{ unsubscribe_url }}">leave</a></mj-text>'
    )
    compiled = compile_email(Source("s", body), utm=UTM)
    assert [(link.number, link.destination, link.label, link.dynamic) for link in compiled.links] == [
        (1, "https://shop.example/?a=1&b=2&utm_source=gonfalon&utm_campaign=autumn#c", "One", False),
        (2, "https://shop.example/p?e={{ person.email | url_encode }}", "Two", True),
    ]
    urls = FACTORY.for_message(CLAIM)
    fields = {"person": {"email": "a&b@c.example"}}
    one, two, mail, leave = hrefs(compiled.render(fields, urls).html)
    assert one == f"{urls.click}1"
    prefix, sealed = two.rsplit("/", 1)
    assert prefix == f"{urls.click}2"
    token = prefix.split("/")[-2]
    assert verify(KEYS, Purpose.click_open, token) == CLAIM
    destination = "https://shop.example/p?e=a%26b%40c.example&utm_source=gonfalon&utm_campaign=autumn"
    assert open_destination(KEYS, token, 2, sealed) == destination
    assert (mail, leave) == ("mailto:a@b.example", urls.unsubscribe)


def test_without_tracking_links_lead_straight_and_there_is_no_pixel() -> None:
    compiled = compile_email(
        Source("s", mjml('<mj-button href="https://shop.example/?a=1&amp;b=2">One</mj-button>')), utm=UTM
    )
    tracked = compiled.render({}, FACTORY.for_message(CLAIM))
    plain = compiled.render({}, FACTORY.for_message(CLAIM, track_clicks=False, track_opens=False))
    assert hrefs(plain.html) == ["https://shop.example/?a=1&amp;b=2&amp;utm_source=gonfalon&amp;utm_campaign=autumn"]
    assert b"/o/" in tracked.html
    assert b"/o/" not in plain.html
    assert b"https://shop.example/?a=1&b=2&utm_source=gonfalon" in plain.text


@pytest.mark.parametrize("value", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", "java\nscript:x"])
def test_personal_link_that_is_no_web_address_is_dead(value: str) -> None:
    compiled = compile_email(Source("s", mjml('<mj-text><a href="{{ person.url }}">x</a></mj-text>')))
    for tracked in (True, False):
        rendered = compiled.render({"person": {"url": value}}, FACTORY.for_message(CLAIM, track_clicks=tracked))
        assert hrefs(rendered.html) == ["#"]


def test_text_and_html_share_link_numbers() -> None:
    body = mjml('<mj-text><a href="https://a.example/">A</a> <a href="https://b.example/">B</a></mj-text>')
    rendered = compile_email(Source("s", body, text="Go: https://b.example/, or https://c.example/.")).render(
        {}, FACTORY.for_message(CLAIM)
    )
    click = FACTORY.for_message(CLAIM).click
    assert rendered.text.decode() == f"Go: {click}2, or {click}3."


def test_liquid_between_elements_survives() -> None:
    body = mjml(
        "{% for item in items %}<mj-text>{{ item }}{% if item > 1 %}!{% endif %}</mj-text>{% endfor %}"
        "{% unless items %}<mj-text>none</mj-text>{% endunless %}"
    )
    compiled = compile_email(Source("s", body))
    rendered = compiled.render({"items": [1, 2]}, preview_urls("https://m.example"))
    assert re.findall(r">(\d!?)<", rendered.html.decode()) == ["1", "2!"]
    assert rendered.text.decode().split() == ["1", "2!"]
    assert compiled.render({"items": None}, preview_urls("https://m.example")).text.decode().split() == ["none"]


def test_comparison_signs_inside_tags_do_not_break_mjml() -> None:
    body = mjml('{% if n < 5 and n > 1 %}<mj-text css-class="a">{{ "<b>&" }} {{ n }}</mj-text>{% endif %}')
    assert b" 3</div>" in compile_email(Source("s", body)).render({"n": 3}, preview_urls("x")).html


def test_preheader_is_hidden_escaped_and_personal() -> None:
    source = Source("s", mjml("<mj-text>x</mj-text>"), "For {{ person.name }} & <you>")
    rendered = compile_email(source).render({"person": {"name": "<A>"}}, preview_urls("x"))
    assert rendered.preheader == "For <A> & <you>"
    html = rendered.html.decode()
    assert "display:none" in html
    assert "For &lt;A&gt; &amp; &lt;you&gt;" in html
    assert "For" not in rendered.text.decode()


def codes(source: Source) -> set[str]:
    """Codes of what is found."""
    return {problem.code for problem in compile_email(source).problems}


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (Source("s", mjml("<mj-text>x</mj-text>")), "unsubscribe_missing"),
        (Source(" ", mjml("")), "subject_missing"),
        (Source("x" * 121, mjml("")), "subject_long"),
        (Source("s", mjml('<mj-image src="https://a.example/b.png" />')), "alt_missing"),
        (Source("s", mjml("").replace(' lang="en"', "")), "lang_missing"),
        (Source("s", mjml("<mj-button>x</mj-button>")), "link_empty"),
        (Source("s", mjml('<mj-text><a href="#">x</a></mj-text>')), "link_empty"),
        (Source("s", mjml('<mj-text><a href="http://a.example">x</a></mj-text>')), "link_insecure"),
        (Source("s", mjml('<mj-text><a href="www.a.example">x</a></mj-text>')), "link_invalid"),
        (Source("s", mjml('<mj-text><a href="javascript:alert(1)">x</a></mj-text>')), "link_invalid"),
        (Source("s", mjml("<mj-text>" + "word " * 25_000 + "</mj-text>")), "html_large"),
        (Source("s", mjml("lost<mj-text>x</mj-text>")), "text_lost"),
    ],
)
def test_problems_are_found(source: Source, code: str) -> None:
    assert code in codes(source)


def test_good_email_has_no_problem() -> None:
    good = mjml(
        '<mj-image src="https://a.example/b.png" alt="" /><mj-text><a href="{{ preferences_url }}">x</a></mj-text>'
    )
    assert codes(Source("Hello", good)) == set()


def test_gaps_are_reported_and_defaults_are_not() -> None:
    body = mjml(
        "<mj-text>{{ person.a }} {{ person.b | default: 'x' }} {% if person.c %}{{ person.c }}{% endif %}"
        " {% for p in items %}{{ p.name }}{% endfor %}</mj-text>"
    )
    compiled = compile_email(Source("s", body))
    assert {use.path for use in compiled.uses if not use.guarded} == {"person.a"}
    assert {use.path for use in compiled.uses if use.guarded} == {"person.b", "person.c", "items"}
    rendered = compiled.render({"person": {"a": ""}, "items": [{}]}, preview_urls("x"))
    assert set(rendered.gaps) == {"person.a", "p.name"}


def test_no_picture_or_font_is_loaded_from_elsewhere() -> None:
    for starter in starters("en"):
        html = compile_email(starter.source).render({}, preview_urls("https://m.example")).html.decode()
        assert not re.search(r'(src|url\(|@import|<link)[="(\s]+https?:', html)
        assert "fonts.googleapis" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_starters_are_complete(language: str) -> None:
    """Every starter compiles without a problem, speaks its language, and leaves no gap for an empty person."""
    found = starters(language)
    assert [starter.key for starter in found] == [
        "newsletter", "launch", "welcome", "event", "offer", "win-back", "survey", "letter", "receipt",
    ]  # fmt: skip
    for starter in found:
        compiled = compile_email(starter.source, Style(language))
        assert compiled.problems == ()
        assert compiled.html_bytes < 40_000
        for person in (SAMPLE_PEOPLE[language], {}):
            rendered = compiled.render(
                {"person": dict(person), "workspace": {"name": "W"}}, preview_urls("https://m.example")
            )
            assert rendered.gaps == ()
            assert b"[[" not in rendered.html + rendered.text
            assert b"https://m.example/u/preview" in rendered.text
        assert (
            'lang="zh-Hans"' in rendered.html.decode()
            if language == "zh"
            else f'lang="{language}"' in rendered.html.decode()
        )


def test_filters_write_as_the_workspace_does() -> None:
    body = '{{ n | money }}|{{ n | money: "JPY" }}|{{ x | number }}|{{ x | number: 1 }}|{{ s | percent: 1 }}|{{ d | date: "long" }}|{{ t | date: "%H:%M" }}'
    fields = {"n": 123456, "x": 1234.567, "s": 0.1828, "d": "2026-11-21", "t": "2026-11-21T22:30:00Z"}
    styles = {
        Style(
            "sv", "Europe/Stockholm", "SEK"
        ): "1 234,56 kr|123 456 JPY|1 234,567|1 234,6|18,3 %|21 november 2026|23:30",
        Style("en", "America/New_York", "USD"): "$1,234.56|¥123,456|1,234.567|1,234.6|18.3%|November 21, 2026|17:30",
    }
    for style, expected in styles.items():
        text = compile_email(Source("s", "x", text=body), style).render(fields, preview_urls("x")).text.decode()
        assert re.sub(r"[\u00a0\u202f]", " ", text) == expected


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("%s", "1772719449"),
        ("%F %T %R %D", "2026-03-05 15:04:09 15:04 03/05/26"),
        ("%e|%k|%l|%-d|%-H|%-I|%_m|%j|%y|%C", " 5|15| 3|5|15|3| 3|064|26|20"),
        ("%U %W %V %u %w %G %g", "09 09 10 4 4 2026 26"),
        ("%I:%M:%S %p %P %r", "03:04:09 PM pm 03:04:09 PM"),
        ("%L %N %3N %z %:z %Z %%", "000 000000000 000 +0100 +01:00 CET %"),
        ("%A, %-d %B %Y (%a %b %h)", "Thursday, 5 March 2026 (Thu Mar Mar)"),
        ("%c %v %^a %#p", "Thu Mar  5 15:04:09 2026  5-MAR-2026 THU pm"),
        ("%EY %Od %_5d %05S %-e %6N %::z", "2026 05     5 00009 5 000000 +01:00:00"),
    ],
)
def test_dates_are_written_as_liquid_does(pattern: str, written: str) -> None:
    source = Source("s", "x", text=f"{{{{ at | date: '{pattern}' | replace: ' ', '·' }}}}")
    compiled = compile_email(source, Style("en", "Europe/Stockholm"))
    for moment in ("2026-03-05T14:04:09Z", "1772719449", 1772719449):
        assert compiled.render({"at": moment}, preview_urls("x")).text.decode().replace("·", " ") == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2026-03-05 10:00:00 UTC", "2026-03-05 11:00"),
        ("Thu, 05 Mar 2026 10:00:00 GMT", "2026-03-05 11:00"),
        ("2026/03/05", "2026-03-05 00:00"),
        ("March 5th, 2026", "2026-03-05 00:00"),
        ("5 Mar 2026", "2026-03-05 00:00"),
        ("03/05/2026", "03/05/2026"),
        ("2026-02-30", "2026-02-30"),
        ("soon", "soon"),
        ("", ""),
        (True, "true"),
        (-5, "-5"),
    ],
)
def test_dates_without_a_doubt_are_read_and_others_stay(value: object, written: str) -> None:
    source = Source("s", "x", text="{{ at | date: '%F %H:%M' }}")
    compiled = compile_email(source, Style("en", "Europe/Stockholm"))
    assert compiled.render({"at": value}, preview_urls("x")).text.decode() == written


def test_a_date_without_a_form_and_with_too_much() -> None:
    compiled = compile_email(Source("{{ 'NOW' | date: '%Y' }}|{{ at | date: '' }}|{{ at | date: none }}", "x"))
    year, *rest = compiled.render({"at": "2026-03-05"}, preview_urls("x")).subject.split("|")
    assert re.fullmatch(r"\d{4}", year)
    assert rest == ["2026-03-05", "2026-03-05"]
    with pytest.raises(TemplateError) as caught:
        compile_email(Source("{{ 'now' | date: '%F', 'UTC' }}", "x")).render({}, preview_urls("x"))
    assert caught.value.reason == "filter_values"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Thursday 5 March PM"),
        ("fr", "jeudi 5 mars PM"),
        ("sv", "torsdag 5 mars EM"),
        ("zh", "星期四 5 三月 下午"),
    ],
)
def test_days_and_months_have_names_in_every_language(language: str, written: str) -> None:
    source = Source("s", "x", text="{{ at | date: '%A %-d %B %p' }}")
    rendered = compile_email(source, Style(language, "Europe/Stockholm")).render(
        {"at": "2026-03-05T15:04:09"}, preview_urls("x")
    )
    assert rendered.text.decode() == written


def test_a_date_some_days_ahead() -> None:
    source = Source("s", "x", text="{{ at | date: '%s' | plus: 259200 | date: '%Y-%m-%d' }}")
    rendered = compile_email(source).render({"at": "2026-02-26T23:00:00Z"}, preview_urls("x"))
    assert rendered.text == b"2026-03-01"
    now = compile_email(Source("s", "x", text="{{ 'now' | date: '%s' | plus: 259200 | date: '%F' }}"))
    assert re.fullmatch(rb"\d{4}-\d\d-\d\d", now.render({}, preview_urls("x")).text)


def test_text_keeps_order_lists_and_links() -> None:
    html = "<h1>T</h1><p>a<br>b</p><ul><li>x</li><li>y</li></ul><!-- no --><style>no</style><a href='https://a.example'>go</a>"
    assert html_to_text(html).split("\n") == ["T", "", "a", "b", "", "- x", "- y", "", "go: https://a.example", ""]


def test_html_without_mjml_is_taken_as_it_is() -> None:
    rendered = compile_email(Source("s", "<p>Hi {{ person.name }}</p>")).render(
        {"person": {"name": "A"}}, preview_urls("x")
    )
    assert b"<body><p>Hi A</p></body>" in rendered.html


def test_sentences_for_broken_mjml_name_the_line() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_email(
            Source(
                "s", '<mjml lang="en">\n<mj-body>\n<mj-section>\n<mj-colum></mj-colum>\n</mj-section></mj-body></mjml>'
            )
        )
    assert (caught.value.line, caught.value.code) == (4, "mjml_invalid")
    assert "<mj-colum>" in caught.value.sentence


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<mj-text><p>one<p>two<ul><li>a<li>b</ul></mj-text>", "one\n\ntwo\n\n- a\n- b"),
        ("<mj-table><tr><td>1<td>2<tr><td>3</mj-table>", "1 2\n\n3"),
        ("<!-- a < b -- c ---><mj-text>x</mj-text>", "x"),
        ("<mj-text><![CDATA[<b>a</b> < b]]></mj-text>", "a < b"),
    ],
)
def test_what_mjml_itself_takes_is_taken(body: str, text: str) -> None:
    written = mjml(f'{body}<mj-text><a href="{{{{ unsubscribe_url }}}}">leave</a></mj-text>')
    email = compile_email(Source("s", f'<?xml version="1.0"?>\n<!DOCTYPE mjml>\n{written}'))
    assert email.problems == ()
    shown = email.render({}, preview_urls("https://m.example"))
    assert shown.text.decode().startswith(f"{text}\n\nleave: ")


def test_addresses_in_a_text_keep_their_distance() -> None:
    html = '<a href="https://a.example">A</a><a href="https://b.example">B</a>more (<a href="https://c.example">C</a>).'
    assert html_to_text(html) == "A: https://a.example B: https://b.example more (C: https://c.example).\n"
