# ruff: noqa: E501
"""Style sheets reach the elements they are for, and signs that look like elements stay signs."""

from __future__ import annotations

import re

import pytest

from gonfalon.content.render import Source, TemplateError, compile_email
from gonfalon.content.render.inlining import insisting
from gonfalon.tracking.links.urls import preview_urls
from tests.content.test_email import mjml

PLAIN = preview_urls("https://m.example")


def shown(body: str, fields: dict[str, object] | None = None) -> str:
    return compile_email(Source("s", body)).render(fields or {}, PLAIN).html.decode()


def in_head(style: str, body: str) -> str:
    return mjml(body).replace("<mj-body>", f"<mj-head>{style}</mj-head><mj-body>")


def test_mjml_styles_marked_inline_are_on_the_elements() -> None:
    sheet = '<mj-style inline="inline">.note { color: red; } .note:hover { color: blue } @media (max-width: 480px) { .note { margin: 0 } }</mj-style>'
    html = shown(
        in_head(
            sheet + "<mj-style>.rest { color: green }</mj-style>",
            '<mj-text><p class="note">Only</p><p class="rest">R</p></mj-text>',
        )
    )
    assert '<p style="color: red" class="note">Only</p>' in html
    assert '<p class="rest">R</p>' in html
    assert ".rest { color: green }" in html
    head = html[: html.index("</head>")]
    assert ".note {color:" not in head.replace(" {", "{").replace("{ ", "{"), "the plain rule is needed no more"
    assert "color: blue !important" in head
    assert "margin: 0 !important" in head


def test_plain_html_has_its_styles_on_the_elements() -> None:
    html = shown(
        "<html><head><style>/* a { } */ p.a > b { color: red; background: url('x.png') } td { padding: 1px } #i { top: 2px !important }"
        "@media (max-width: 480px) { td { padding: 0 } } a:hover { color: green }</style>"
        "<style media='print'>td { display: none }</style><!--[if mso]><style>td { border: 9px }</style><![endif]--></head><body>"
        '<p class="a"><b style="color: blue">x</b></p><table>{% for row in rows %}<tr><td id="i">{{ row }}</td></tr>{% endfor %}</table></body></html>',
        {"rows": ["1", "2"]},
    )
    style = re.search(r'<b style="([^"]*)"', html)
    assert style is not None
    assert re.sub(r"\s", "", style[1]) == "background:url(&#x27;x.png&#x27;);color:blue", (
        "what stands on the element wins"
    )
    assert re.findall(r"<td style=\"[^\"]*padding: 1px[^\"]*\" id=\"i\">(\d)</td>", html) == ["1", "2"], (
        "rows of a loop too"
    )
    assert "display: none" not in html[html.index("<body") :]
    assert "border: 9px" not in html[html.index("<body") :]
    assert "@media (max-width: 480px) { td { padding: 0 !important} }" in html
    assert "a:hover { color: green !important}" in html


def test_html_is_otherwise_left_as_it_was_written() -> None:
    body = (
        "<html><body><style>.z { color: red }</style><P Class='q' >a &nbsp;&eacute; b<br/>"
        "<!--[if !mso]><!--><table><tr>{% if a %}<td>{% else %}<td class='w'>{% endif %}x</td></tr></table><!--<![endif]--></P></body></html>"
    )
    html = shown(body)
    assert (
        "<P Class='q' >a &nbsp;&eacute; b<br/><!--[if !mso]><!--><table><tr><td class='w'>x</td></tr></table><!--<![endif]--></P>"
        in html
    )


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        ("a:hover{color:red}", "a:hover{color:red !important}"),
        (
            "@media x{.a{color:red;b:c !important}.d:hover{e:url(data:;x)}}",
            "@media x{.a{color:red !important;b:c !important}.d:hover{e:url(data:;x) !important}}",
        ),
        ("@font-face{font-family:x}.a{b:c}", "@font-face{font-family:x}.a{b:c}"),
        ("@import url(x);.a{b:c}", "@import url(x);.a{b:c}"),
        ("@keyframes k{from{top:0}to{top:1px}}", "@keyframes k{from{top:0}to{top:1px}}"),
        (".a{b:c", ".a{b:c}"),
        ("}}}{{{:;@", None),
        (".a{b:c}/* x:hover{} */", ".a{b:c}/* x:hover{} */"),
        ("[data-ogsc] .a{b:c}.d{e:f}", "[data-ogsc] .a{b:c !important}.d{e:f}"),
        ("u + #body .a{b:c}", "u + #body .a{b:c !important}"),
        (".ExternalClass p{b:c}#outlook a{d:e}", ".ExternalClass p{b:c !important}#outlook a{d:e !important}"),
    ],
)
def test_what_stays_in_the_head_insists(sheet: str, kept: str | None) -> None:
    made = insisting(sheet)
    assert kept is None or made in (kept, kept.removesuffix("}"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("From 5 < 6 weeks", "From 5 &lt; 6 weeks"),
        ("x <3 y <= 2", "x &lt;3 y &lt;= 2"),
        ("a <b>bold</b> << c", "a <b>bold</b> &lt;&lt; c"),
    ],
)
def test_signs_in_mjml_are_signs(written: str, read: str) -> None:
    compiled = compile_email(
        Source("s", mjml(f"<mj-text>{written}</mj-text><mj-button href='https://a.example/'>{written}</mj-button>"))
    )
    rendered = compiled.render({}, PLAIN)
    assert rendered.html.decode().count(read) == 2
    assert re.sub("<[^>]*>", "", read).replace("&lt;", "<") in rendered.text.decode()


def test_signs_in_styles_are_signs() -> None:
    html = shown(in_head("<mj-style>@media (width < 600px) { .a > b { top: 0 } }</mj-style>", "<mj-text>x</mj-text>"))
    assert "@media (width < 600px) { .a > b { top: 0 } }" in html


def test_an_element_that_never_ends_is_said_with_its_line() -> None:
    for broken in ('<img src="https://a.example/x.png>', "<b and more", "5 <x"):
        with pytest.raises(TemplateError) as caught:
            compile_email(Source("s", mjml(f"\n<mj-text>\n{broken}\n</mj-text>\n<!-- end -->")))
        assert caught.value.line == 3, broken
        assert caught.value.line is not None


def test_styles_for_a_medium_stay_in_the_head_and_insist() -> None:
    html = shown(
        "<style media='screen'>.a{top:1px}</style><style media=all>.a{left:1px}</style><style media=\"(max-width:3px)\">.a{margin:9px}"
        "@media print{.a{b:c}}</style><p class=a>x</p>"
    )
    assert '<p style="top: 1px;left: 1px" class=a>x</p>' in html
    assert ".a{margin:9px !important}@media print{.a{b:c !important}}" in html


def test_mjml_takes_what_its_elements_hold_as_it_is() -> None:
    html = shown(
        in_head(
            "<mj-style>.a:before{content:'<b>'}</mj-style><mj-title>a <i>t</i></mj-title>",
            "<mj-text>x</mj-text><!--[if mso]><b>Outlook</b><![endif]--><!-- remark -->",
        )
    )
    assert "content:'<b>'" in html
    assert "<!--[if mso]><b>Outlook</b><![endif]-->" in html
    with pytest.raises(TemplateError) as caught:
        shown(in_head("\n<mj-html-attributes></mj-html-attributes>", "<mj-text>x</mj-text>"))
    assert (caught.value.reason, caught.value.line) == ("element_unknown", 2)
