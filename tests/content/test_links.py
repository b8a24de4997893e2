# ruff: noqa: E501
"""Addresses arrive as they were typed, whatever HTML, MJML or an alphabet does to them."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.content.render import Source, compile_email
from gonfalon.content.render.markup import keep_ampersands, unescape_address
from gonfalon.tracking.links.addresses import clean_address
from gonfalon.tracking.links.urls import preview_urls
from tests.content.test_email import CLAIM, FACTORY, KEYS, UTM, hrefs, mjml, open_destination

PLAIN = preview_urls("https://m.example")
QUERIES = [
    "page=1&currency=EUR", "a=1&region=north&regular=1", "a=1&copy=2&copyright=me", "a=1&copy", "a=1&reg&x=2", "a&lt=1&gtm=2",
    "a=1&notify=1&params=2", "a=1&para=2&sect=3&times=4&order=5&image=6&micro=7&yen=8&euro=9&amp=10&ampere=11", "a=1&quot=x",
    "a=1&deg=1&degree=2&cent=3&center=4&divide=5&shy=6&uml=7",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="{}">Shop</a></p>',
        "<p><a href='{}'>Shop</a></p>",
        '<p><a class="b"href={}>Shop</a></p>',
        mjml('<mj-button href="{}">Shop</mj-button>'),
        mjml('<mj-image href="{}" src="https://a.example/b.png" alt="Shop" />'),
        mjml('<mj-text><a href="{}">Shop</a></mj-text>'),
        mjml("<mj-text><a href={}>Shop</a></mj-text>"),
    ],
)
def test_names_of_entities_stay_letters_in_addresses(query: str, body: str) -> None:
    address = f"https://shop.example/list?{query}"
    compiled = compile_email(Source("s", body.format(address)), utm=UTM)
    (link,) = compiled.links
    assert link.destination == f"{address}&utm_source=gonfalon&utm_campaign=autumn"
    rendered = compile_email(Source("s", body.format(address))).render({}, PLAIN)
    (href,) = hrefs(rendered.html)
    assert href == address.replace("&", "&amp;")
    assert address in rendered.text.decode()
    escaped = compile_email(Source("s", body.format(address.replace("&", "&amp;"))))
    assert [link.destination for link in escaped.links] == [address], "the careful spelling means the same"


@pytest.mark.parametrize("query", QUERIES)
def test_names_of_entities_stay_letters_in_personal_addresses(query: str) -> None:
    body = f'<p><a href="https://shop.example/{{{{ person.id }}}}?{query}">Shop</a></p>'
    urls = FACTORY.for_message(CLAIM)
    address = f"https://shop.example/7?{query}"
    assert hrefs(compile_email(Source("s", body)).render({"person": {"id": 7}}, PLAIN).html) == [
        address.replace("&", "&amp;")
    ]
    rendered = compile_email(Source("s", body), utm=UTM).render({"person": {"id": 7}}, urls)
    (href,) = hrefs(rendered.html)
    token, number, sealed = href.split("/")[-3:]
    assert open_destination(KEYS, token, int(number), sealed) == f"{address}&utm_source=gonfalon&utm_campaign=autumn"
    assert href in rendered.text.decode()


def test_addresses_that_are_text_stay_as_they_were_typed() -> None:
    body = "<p>https://shop.example/?a=1&currency=EUR &copy 2026 AT&T &region=x &nbsp;&eacute;</p><style>a{b:'&copyx'}</style>"
    rendered = compile_email(Source("s", body)).render({}, PLAIN)
    assert b"?a=1&amp;currency=EUR &copy 2026 AT&T &amp;region=x &nbsp;&eacute;" in rendered.html
    assert b"'&copyx'" in rendered.html
    assert "https://shop.example/?a=1&currency=EUR © 2026 AT&T &region=x" in rendered.text.decode()


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        (
            "https://müller.example/straße?größe=ä b#ö",
            "https://xn--mller-kva.example/stra%C3%9Fe?gr%C3%B6%C3%9Fe=%C3%A4%20b#%C3%B6",
        ),
        ("https://例え.jp:8443/", "https://xn--r8jz45g.jp:8443/"),
        ("https://kim@MÜLLER.example/a%20b?c=d+e", "https://kim@xn--mller-kva.example/a%20b?c=d+e"),
        ("https://shop.example/a b/c", "https://shop.example/a%20b/c"),
        (" https://shop.example/?q={x}|y ", "https://shop.example/?q={x}|y"),
        ("https://[2001:db8::1]/ü", "https://[2001:db8::1]/%C3%BC"),
        ("mailto:zoë@müller.example", "mailto:zoë@müller.example"),
    ],
)
def test_addresses_go_in_ascii(typed: str, sent: str) -> None:
    if typed == typed.strip():
        assert clean_address(typed) == sent
    compiled = compile_email(
        Source("s", f'<p><a href="{typed}">x</a></p>', text=f"Go {typed} now" if " " not in typed else "")
    )
    if sent.startswith("https"):
        assert [link.destination for link in compiled.links] == [sent]
        personal = compile_email(Source("s", '<p><a href="{{ person.url }}">x</a></p>')).render(
            {"person": {"url": typed}}, PLAIN
        )
        assert hrefs(personal.html) == [sent]


@pytest.mark.parametrize(
    "wrong", ["https://ü..example/", "https://[::1/", "https://ü b.example/", "https://a.example:80:90/"]
)
def test_what_leads_nowhere_is_said(wrong: str) -> None:
    compiled = compile_email(Source("s", f'<p><a href="{wrong}">x</a></p>'))
    assert "link_invalid" in {problem.code for problem in compiled.problems} or wrong.isascii()
    personal = compile_email(Source("s", '<p><a href="{{ person.url }}">x</a></p>'))
    assert hrefs(personal.render({"person": {"url": wrong}}, PLAIN).html) in (["#"], [wrong])


@given(st.text(max_size=200))
def test_no_address_breaks_anything(text: str) -> None:
    with contextlib.suppress(ValueError):
        cleaned = clean_address(f"https://{text}")
        assert cleaned.isascii()
        assert not set(cleaned) & set("\r\n \0")
    unescape_address(text)
    assert keep_ampersands(keep_ampersands(text)) == keep_ampersands(text)


OUTLOOK = (
    '<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" href="https://shop.example/buy?a=1&currency=EUR" style="height:40px">'
    "<center>Buy</center></v:roundrect><![endif]-->"
    '<!--[if !mso]><!--><a href="https://shop.example/buy">Buy</a><!--<![endif]-->'
)


@pytest.mark.parametrize(
    "body",
    [
        f"<html><body>{OUTLOOK}</body></html>",
        mjml(f"<mj-text>{OUTLOOK}</mj-text>"),
        mjml(f"<mj-raw>{OUTLOOK}</mj-raw>"),
    ],
)
def test_outlooks_drawings_are_links_too(body: str) -> None:
    compiled = compile_email(Source("s", body), utm=UTM)
    assert [(link.number, link.destination, link.label) for link in compiled.links] == [
        (1, "https://shop.example/buy?a=1&currency=EUR&utm_source=gonfalon&utm_campaign=autumn", "Buy"),
        (2, "https://shop.example/buy?utm_source=gonfalon&utm_campaign=autumn", "Buy"),
    ]
    urls = FACTORY.for_message(CLAIM)
    rendered = compiled.render({}, urls)
    assert hrefs(rendered.html) == [f"{urls.click}1", f"{urls.click}2"]
    assert re.search(r"<!--\[if mso\]><v:roundrect [^>]*>", rendered.html.decode())


@pytest.mark.parametrize(
    "tag",
    [
        '<v:rect href="https://x.example/" />',
        "<v:image href='https://x.example/' src='a.png'></v:image>",
        '<area shape="rect" href="https://x.example/">',
        '<A title="a href=nowhere" data-href="https://no.example/" HREF = https://x.example/ >x</A>',
        '<a href="https://x.example/"><img src="https://x.example/a.png" alt="x"></a>',
    ],
)
def test_every_kind_of_link_is_found_once(tag: str) -> None:
    compiled = compile_email(Source("s", f"<p>{tag}</p>"))
    assert [link.destination for link in compiled.links] == ["https://x.example/"]
    rendered = compiled.render({}, FACTORY.for_message(CLAIM)).html.decode()
    assert "no.example" in rendered or "data-href" not in tag


PERSON = {"p": "a & b", "vip": True, "url": "https://p.example/?a=1&copy=2"}
CHOICE = '<a {% if person.vip %}href="https://v.example/"{% else %}href="https://n.example/"{% endif %}>x</a>'


@pytest.mark.parametrize(
    ("body", "sent", "numbers"),
    [
        (CHOICE, ["https://v.example/"], 1),
        (CHOICE.replace("if person.vip", "if person.no"), ["https://n.example/"], 1),
        ("<a {% case person.p %} {% when 1 %}href='https://1.example/?q=\"1\"' {% else %} href='https://2.example/'{% endcase %}>x</a>",
         ["https://2.example/"], 1),
        ('<a {% if person.vip %}class="v" href="https://v.example/"{% else %}href="https://n.example/"{% endif %}>x</a>',
         ["https://v.example/"], 2),
        ('<a {% if person.vip %}href="https://v.example/"{% endif %} class="x">x</a>', ["https://v.example/"], 1),
        ('<a href="https://x.example/" href="https://no.example/">x</a>', ["https://x.example/"], 1),
        ("<a href={{ person.url }}>x</a>", ["https://p.example/?a=1&amp;copy=2"], 1),
        ('<!-- <a href="/old">x</a> --><a href="https://x.example/">x</a><!-- -->', ["https://x.example/"], 1),
        ('<!--[if !mso]><!--><a href="https://x.example/">x</a><!--<![endif]-->', ["https://x.example/"], 1),
        ('<a href="{{ unsubscribe_url }}?lang=en">x</a><a href="{{ preferences_url | append: \'?x\' }}">x</a>',
         ["https://m.example/u/preview?lang=en", "https://m.example/p/preview?x"], 0),
        ('<a href="#{{ person.p }}">x</a><a href="mailto:{{ person.p | url_encode }}@a.example">x</a>',
         ["#a &amp; b", "mailto:a+%26+b@a.example"], 0),
    ],
)  # fmt: skip
def test_links_are_found_wherever_they_stand(body: str, sent: list[str], numbers: int) -> None:
    compiled = compile_email(Source("s", f"<p>{body}</p>"))
    rendered = compiled.render({"person": PERSON}, PLAIN)
    shown = re.sub(r"<!--(?!\[if|>).*?-->", "", rendered.html.decode())
    assert re.findall(r'href="([^"]*)"', shown.replace(' href="https://no.example/"', "")) == sent
    assert len(compiled.links) == numbers
    assert [problem.code for problem in compiled.problems if problem.level == "error"] in ([], ["unsubscribe_missing"])
    assert "no.example" not in rendered.text.decode()


def test_our_own_pages_are_never_counted_however_they_come() -> None:
    body = '<p><a href="{% if person.vip %}{{ unsubscribe_url }}{% endif %}">x</a></p>'
    urls = FACTORY.for_message(CLAIM)
    assert hrefs(compile_email(Source("s", body), utm=UTM).render({"person": PERSON}, urls).html) == [urls.unsubscribe]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/shop", "link_relative"),
        ("//shop.example/", "link_relative"),
        ("www.shop.example", "link_relative"),
        ("JaVaScript:alert(1)", "link_relative"),
        ("data:text/html,x", "link_relative"),
        ("ftp://shop.example/", "link_relative"),
        ("https:/shop.example/", "link_invalid"),
        ("http://shop.example/?a=1&amp;b=2", "link_insecure"),
        ("javascript:{{ person.p }}", "link_relative"),
        ("data:{{ person.p }}", "link_relative"),
        ("/{{ person.p }}", "link_relative"),
        ("//shop.example/{{ person.p }}", "link_relative"),
        ("www.shop.example/{{ person.p }}", "link_relative"),
        ("http://shop.example/{{ person.p }}", "link_insecure"),
        ("mailto:a@a.example?body={{ person.p }}", "link_unescaped"),
    ],
)
def test_what_is_wrong_with_a_link_is_said_once_with_its_line(address: str, reason: str) -> None:
    for body in (f'<p>\n\n<a href="{address}">x</a></p>', mjml(f'\n\n<mj-text><a href="{address}">x</a></mj-text>')):
        compiled = compile_email(Source("s", body))
        found = [(p.reason, p.line) for p in compiled.problems if p.code.startswith("link_")]
        assert found == [(reason, 3)]
        html = compiled.render({"person": PERSON}, PLAIN).html.decode()
        assert "script:" not in html
        assert "data:" not in html


@pytest.mark.parametrize(
    ("written", "links"),
    [
        ("(https://a.example/x_(y)) (https://a.example/z)", ["https://a.example/x_(y)", "https://a.example/z"]),
        ("<https://a.example/>, “https://b.example/q”… 'https://c.example/'!", ["https://a.example/", "https://b.example/q", "https://c.example/"]),
        ("见 https://a.example/x。（https://b.example/）", ["https://a.example/x", "https://b.example/"]),
        ("*https://a.example/b* [c](https://a.example/d) HTTPS://A.example/E", ["https://a.example/b", "https://a.example/d", "https://a.example/E"]),
        ("https://a.example/[1], https://a.example/?u=https://b.example/x.", ["https://a.example/[1]", "https://a.example/?u=https://b.example/x"]),
    ],
)  # fmt: skip
def test_links_of_a_written_text_end_where_they_end(written: str, links: list[str]) -> None:
    compiled = compile_email(Source("s", "<p>x</p>", text=written))
    assert [link.destination for link in compiled.links] == links
    assert compiled.render({}, PLAIN).text.decode() == written.replace("HTTPS://A", "https://a")


@pytest.mark.parametrize(
    ("anchor", "text"),
    [
        ('<a href="https://a.example/x">https://a.example/x</a>', "https://a.example/x"),
        ('<a href="MAILTO:kim@a.example?subject=Hi">Write</a>', "Write: kim@a.example"),
        ('<a href="mailto:kim@a.example?subject=Hi">kim@a.example</a>', "kim@a.example"),
        ('<a href="mailto:?subject=Look">Share</a>', "Share"),
        ('<a href="sms:+4912?body=x">SMS</a>', "SMS: +4912"),
    ],
)
def test_the_text_part_says_an_address_once(anchor: str, text: str) -> None:
    assert compile_email(Source("s", f"<p>{anchor}</p>")).render({}, PLAIN).text.decode().strip() == text


def test_ampersands_of_addresses_and_parameters_are_letters_everywhere() -> None:
    body = (
        "<p><img src='https://a.example/?a=1&copy' alt=''> https://a.example/?a=1&para &reg_id=1 &copy[]=2 &sect-x=3 &copy 2026</p>"
        "<style>.a{background:url(https://a.example/?a=1&copy=2)}</style><p class=a>x</p>"
    )
    rendered = compile_email(Source("s", body)).render({}, PLAIN)
    assert "https://a.example/?a=1&para &reg_id=1 &copy[]=2 &sect-x=3 © 2026" in rendered.text.decode()
    html = rendered.html.decode()
    assert "src='https://a.example/?a=1&amp;copy'" in html
    assert 'style="background: url(https://a.example/?a=1&amp;copy=2)"' in html


def test_a_tag_that_never_ends_is_said_with_its_line() -> None:
    for body, line in (
        ('<p>x</p>\n<a href="https://a.example/>y</a>', 2),
        ("<p>\n\nless <than</p", 3),
        ("<!--[if mso]>x<![endif]--><![if !mso]>5 < 6<![endif]><script>a<b</script><o:p></o:p>", None),
    ):
        problems = compile_email(Source("s", body)).problems
        assert [problem.line for problem in problems if problem.reason == "sign_less"] == ([line] if line else [])
