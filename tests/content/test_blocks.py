"""Mails as blocks: what is written is read back, it compiles whatever stands in it, and nothing foreign is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from gonfalon.content.blocks import MailTree, open_mail, tree, write_mail
from gonfalon.content.blocks.theme import FONTS, MailTheme, contrast, on, readable
from gonfalon.content.blocks.tree import walk
from gonfalon.content.render import Source, Style, TemplateError, compile_email
from gonfalon.content.templates.starters import starters
from gonfalon.tracking.links.urls import preview_urls

HOSTILE = (
    '"><script>alert(1)</script>', "</mj-text></mj-column>", "{{", "{%", "{", "&copy;", "&amp;lt;", "a & b", "]]>",
    "<!--", "-->", "<![CDATA[", "'", '" onload="x', "javascript:alert(1)", "\x00\x1b", "  two  blanks ", "\u00a0",
    "\u202e", "李明", "محمد", "🏳️‍🌈", "{% if", "{% # row", "</mjml>", "line\nend", "\\", "Gfb0x1z", "a" * 300, "<b>", "",
)  # fmt: skip
values = st.sampled_from(
    ("{{ person.first_name }}", '{{ person.city | default: "there" }}', "{{ now | date: 'long' }}")
)
texts = values | st.lists(st.sampled_from(HOSTILE) | st.text(max_size=6), max_size=3).map("".join)
attributes = st.dictionaries(
    st.sampled_from(("padding", "color", "css-class", "href", "align", "font-size", "data-x")), texts, max_size=3
)
runs = st.lists(
    st.builds(
        tree.TextRun, kind=st.just("text"), text=texts, bold=st.booleans(), italic=st.booleans(),
        underline=st.booleans(),
        strike=st.booleans(), href=texts, link=st.dictionaries(st.just("class"), texts), style=texts,
    )
    | st.builds(tree.TextRun, kind=st.just("value"), text=values, bold=st.booleans(), href=texts)
    | st.just(tree.TextRun(kind="break")),
    max_size=4,
)  # fmt: skip
links = st.lists(st.builds(tree.MailLink, label=texts, href=texts), max_size=3)
leaves = st.one_of(
    st.builds(tree.HeadingBlock, attributes=attributes, level=st.sampled_from((1, 2, 3)), runs=runs),
    st.builds(
        tree.TextBlock,
        attributes=attributes,
        paragraphs=st.lists(
            st.builds(
                tree.TextParagraph,
                kind=st.sampled_from(("line", "paragraph", "bullet", "number")),
                runs=runs,
                style=texts,
            ),
            max_size=4,
        ),
    ),
    st.builds(tree.ImageBlock, attributes=attributes),
    st.builds(tree.ButtonBlock, attributes=attributes, runs=runs),
    st.builds(tree.DividerBlock, attributes=attributes),
    st.builds(tree.SpacerBlock, attributes=attributes),
    st.builds(tree.SocialBlock, attributes=attributes, links=links),
    st.builds(tree.MenuBlock, attributes=attributes, links=links),
    st.builds(
        tree.TableBlock,
        attributes=attributes,
        header=st.booleans(),
        rows=st.lists(st.lists(runs, min_size=1, max_size=3), min_size=1, max_size=3),
    ),
    st.builds(
        tree.ProductsBlock,
        attributes=attributes,
        items=st.lists(
            st.builds(
                tree.MailProduct, src=texts, alt=texts, name=texts, note=texts, price=texts, href=texts, action=texts
            ),
            max_size=2,
        ),
    ),
    st.builds(tree.CouponBlock, attributes=attributes, label=texts, code=texts, note=texts),
    st.builds(tree.CountdownBlock, attributes=attributes, until=st.just("2026-12-24"), label=texts, after=texts),
    st.builds(tree.VideoBlock, attributes=attributes, src=texts, alt=texts, href=texts, label=texts),
)
conditions = st.sampled_from(("", 'person.city == "Lyon"', "person.tags contains 'vip'"))
blocks = st.lists(
    leaves
    | st.builds(tree.ConditionalBlock, condition=conditions, blocks=st.lists(leaves, max_size=2))
    | st.builds(
        tree.RepeatedBlock, each=st.sampled_from(("", "one in person.orders limit: 3")), blocks=st.lists(leaves)
    ),
    max_size=3,
)
sections = st.builds(
    tree.SectionRow,
    attributes=attributes,
    columns=st.lists(st.builds(tree.MailColumn, attributes=attributes, blocks=blocks), max_size=2),
)
rows = st.lists(
    sections
    | st.builds(tree.WrapperRow, attributes=attributes, rows=st.lists(sections, max_size=2))
    | st.builds(tree.ConditionalRows, condition=conditions, rows=st.lists(sections, max_size=2))
    | st.builds(tree.RepeatedRows, each=st.just("one in person.orders"), rows=st.lists(sections, max_size=1))
    | st.builds(
        tree.SharedRow, row=st.just("018f0000-0000-7000-8000-000000000001"), rows=st.lists(sections, max_size=1)
    )
    | st.just(tree.RawBlock(code="<mj-section><mj-group></mj-group></mj-section>")),
    max_size=3,
)
themes = st.builds(
    MailTheme,
    accent=st.sampled_from(("#0B7A75", "#FFFF00", "#111111")),
    font=st.sampled_from(tuple(FONTS)),
    radius=st.integers(0, 40),
)
mails = st.builds(
    MailTree,
    attributes=st.just({"lang": "en"}),
    title=texts,
    theme=themes,
    body=st.just({"css-class": "page"}),
    rows=rows,
)


@settings(max_examples=80, report_multiple_bugs=False, phases=[Phase.generate])
@given(mails)
def test_blocks_are_read_back_as_they_were_written(mail: MailTree) -> None:
    source = write_mail(mail)
    again = open_mail(source)
    assert again == mail
    assert write_mail(again) == source


@settings(max_examples=40, report_multiple_bugs=False, phases=[Phase.generate])
@given(mails)
def test_what_is_written_compiles_whatever_stands_in_it(mail: MailTree) -> None:
    """No value breaks out of its place: what is said of the mail is of links and the like, and no script is in it."""
    compiled = compile_email(Source("s", write_mail(mail)), Style())
    shown = compiled.render({"person": {"orders": [1, 2], "tags": []}}, preview_urls("https://m.example"))
    html = shown.html.decode()
    assert not re.search(r"<script|<[a-z]+ [^>\"]*\"[^\"]*\" onload=", html)
    assert {problem.code for problem in compiled.problems} <= {
        "unsubscribe_missing", "alt_missing", "link_empty", "link_invalid", "link_insecure", "html_large",
    }  # fmt: skip


def words(text: str) -> list[tree.TextRun]:
    """Words without a look."""
    return [tree.TextRun(text=text)]


def one_of_each() -> MailTree:
    """A mail with every kind of block, with the words a person would write."""
    name = tree.TextRun(kind="value", text='{{ person.first_name | default: "friend" }}', bold=True)
    said = [*words("Dear "), name]
    shop = tree.MailLink(label="Shop", href="https://shop.test/")
    chair = tree.MailProduct(
        src="https://shop.test/b.png",
        alt="A chair",
        name="Chair",
        note="Oak",
        price="€ 90",
        href="https://shop.test/chair",
        action="Look",
    )
    order = tree.TextParagraph(runs=[tree.TextRun(kind="value", text="{{ order }}")])
    lyon = tree.HeadingBlock(level=2, runs=words("Lyon"))
    held: list[Any] = [
        tree.HeadingBlock(runs=said),
        tree.TextBlock(
            paragraphs=[tree.TextParagraph(runs=said), tree.TextParagraph(kind="bullet", runs=words("One"))]
        ),
        tree.ImageBlock(
            attributes={"src": "https://shop.test/a.png", "alt": "A lamp", "href": "https://shop.test/lamp"}
        ),
        tree.ButtonBlock(attributes={"href": "https://shop.test/?a=1&b=2"}, runs=words("See & buy")),
        tree.DividerBlock(),
        tree.SpacerBlock(attributes={"height": "24px"}),
        tree.SocialBlock(links=[shop]),
        tree.MenuBlock(links=[shop]),
        tree.TableBlock(rows=[[words("Item"), words("Price")], [words("Lamp"), said]]),
        tree.ProductsBlock(items=[chair]),
        tree.CouponBlock(label="Ten off", code="TEN", note="Until Sunday"),
        tree.CountdownBlock(until="2999-12-24", label="days left", after="It is over"),
        tree.VideoBlock(src="https://shop.test/v.png", alt="A film", href="https://shop.test/film", label="Watch"),
        tree.ConditionalBlock(condition='person.city == "Lyon"', blocks=[lyon]),
        tree.RepeatedBlock(each="order in person.orders", blocks=[tree.TextBlock(paragraphs=[order])]),
        tree.RawBlock(code='<mj-text><a href="{{ unsubscribe_url }}">leave</a></mj-text>'),
    ]
    section = tree.SectionRow(columns=[tree.MailColumn(blocks=held)])
    return MailTree(attributes={"lang": "en"}, title="T", theme=MailTheme(), body={"css-class": "page"}, rows=[section])


def test_every_block_shows_what_it_says() -> None:
    mail = one_of_each()
    kinds = {node.type for node, _ in walk(mail.rows) if hasattr(node, "type")}
    assert kinds >= {kind.model_fields["type"].default for kind in tree.Block.__origin__.__args__}  # type: ignore[attr-defined]
    compiled = compile_email(Source("s", write_mail(mail)), Style())
    assert compiled.problems == ()
    fields = {"person": {"first_name": "Ada", "city": "Lyon", "orders": ["first", "second"]}}
    text = compiled.render(fields, preview_urls("https://m.example")).text.decode()
    for words in ("Dear Ada", "- One", "See & buy", "Chair", "TEN", "days left", "Watch", "Lyon", "first", "second"):
        assert words in text, words
    assert "It is over" not in text
    other = compiled.render({"person": {}}, preview_urls("https://m.example")).text.decode()
    assert "Dear friend" in other
    assert "Lyon" not in other


FOREIGN = """<mjml lang="sv"><!-- made elsewhere -->
  <mj-head><mj-attributes><mj-text font-size="15px" /></mj-attributes></mj-head>
  <mj-body background-color="#eee">
    <!-- a remark -->
    <mj-section css-class="x"><mj-column width="60%">
      <mj-text font-size="20px"><b>Hi</b>&nbsp;
        {% if person.first_name %}{{ person.first_name }}{% else %}you{% endif %} &copy; 2026
        <a href='https://a.test/?x=1&copy=2' class="big">go</a></mj-text>
      <mj-text><table><tr><td>own table</td></tr></table></mj-text>
      {% if person.vip %}<mj-button href="https://a.test/vip">VIP</mj-button>{% endif %}
      {% if person.a %}<mj-text>a</mj-text>{% else %}<mj-text>b</mj-text>{% endif %}
      {% for one in person.orders %}<mj-text>{{ one }}</mj-text>{% endfor %}
      <mj-social><mj-social-element name="facebook" href="https://a.test/f">F</mj-social-element></mj-social>
    </mj-column></mj-section>
    <mj-section><mj-group><mj-column><mj-text>grouped</mj-text></mj-column></mj-group></mj-section>
    <mj-section><mj-column><mj-text><p>one</p><p style="color:red">two</p><ul><li>three</li></ul></mj-text>
      <mj-text><a href="{{ unsubscribe_url }}">leave</a></mj-text></mj-column></mj-section>
  </mj-body>
</mjml>"""


def shown(source: str) -> str:
    """The mail's HTML for a person, without blanks between tags."""
    fields = {"person": {"first_name": "Ada", "vip": True, "orders": ["o1", "o2"]}}
    html = compile_email(Source("s", source), Style()).render(fields, preview_urls("https://m.example")).html.decode()
    html = re.sub(r"<!-- .*? -->", "", html).replace("\u00a0", "&nbsp;").replace("©", "&copy;")
    html = html.replace("<b>", "<strong>").replace("</b>", "</strong>")
    return re.sub(r"\s+", " ", re.sub(r">\s+|\s+<", lambda match: match[0].strip(), html))


def test_foreign_mjml_opens_with_what_no_block_holds_as_raw() -> None:
    mail = open_mail(FOREIGN)
    found = [getattr(node, "type", "column") for node, _ in walk(mail.rows)]
    assert found == [
        "raw", "section", "column", "text", "raw", "conditional", "button", "raw", "repeated", "text", "raw", "raw",
        "section", "column", "text", "text",
    ]  # fmt: skip
    assert mail.theme is None
    assert shown(write_mail(mail)) == shown(FOREIGN)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_starters_keep_their_meaning_as_blocks(language: str) -> None:
    for starter in starters(language):
        mail = open_mail(starter.source.body)
        assert shown(write_mail(mail)) == shown(starter.source.body), starter.key
        assert open_mail(write_mail(mail)) == mail
        assert mail.theme == MailTheme(), "its look can be changed without code"
        assert "raw" not in {getattr(node, "type", "") for node, _ in walk(mail.rows)}


@pytest.mark.parametrize(
    "source", ["<p>Hello</p>", "<mjml><mj-body><mj-section></mj-body></mjml>", "plain", "<mjml></mjml>", "{{ <mjml>"]
)
def test_what_is_no_mjml_is_refused_with_a_reason(source: str) -> None:
    with pytest.raises(TemplateError):
        open_mail(source)
    assert open_mail(" ").rows == []


def test_a_tree_has_an_end() -> None:
    wrapper: dict[str, Any] = {"type": "wrapper", "rows": []}
    deep: dict[str, Any] = {"type": "section", "columns": []}
    for _ in range(8):
        deep = {"type": "wrapper", "rows": [deep]}
    for rows in ([wrapper] * 301, [{"type": "wrapper", "rows": [wrapper] * 150}] * 8, [deep]):
        with pytest.raises(ValidationError):
            MailTree.model_validate({"rows": rows})
    for bad in ({"radius": 99}, {"accent": "red"}, {"font": "Comic"}):
        with pytest.raises(ValidationError):
            MailTheme.model_validate(bad)


@given(st.from_regex(r"#[0-9A-F]{6}", fullmatch=True), st.sampled_from(("#FFFFFF", "#1C1B18", "#808080", "#F3F1ED")))
def test_colours_of_a_brand_are_read(colour: str, ground: str) -> None:
    assert contrast(on(colour), colour) >= 4.5
    assert contrast(readable(colour, ground), ground) >= 4.5
