"""Blocks to MJML: one element for each, in a form that is read back. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from gonfalon.content.blocks import tree
from gonfalon.content.blocks.theme import write_head
from gonfalon.content.blocks.words import is_value, plain, written

_STEP: Final = "  "
_HOLDERS: Final = {tree.SectionRow: "mj-section", tree.MailColumn: "mj-column", tree.WrapperRow: "mj-wrapper"}
NO_CONDITION: Final = "true"
NO_LIST: Final = "item in empty"


def write_mail(mail: tree.MailTree) -> str:
    """Return the mail's source."""
    head = write_head(mail.theme, written(mail.title)) if mail.theme else mail.head
    lines = [
        _tag("mjml", mail.attributes),
        *([f"{_STEP}<mj-head>", *_indented(head, 2), f"{_STEP}</mj-head>"] if head else []),
        _STEP + _tag("mj-body", mail.body),
        *_all(mail.rows, 2),
        f"{_STEP}</mj-body>",
        "</mjml>",
    ]
    return "\n".join(lines) + "\n"


def write_rows(rows: Sequence[Any]) -> str:
    """Return rows alone, as they stand in a mail's body."""
    return "\n".join(_all(rows, 0)) + "\n"


def write_runs(runs: Sequence[tree.TextRun]) -> str:
    """Return words with their looks as HTML; neighbours with one link are one link."""
    out = []
    for (href, link, _), stretch in groupby(runs, lambda run: (run.href, run.link, run.kind == "break")):
        inner = "".join(map(_run, stretch))
        out.append(f"{_tag('a', {'href': href, **link})}{inner}</a>" if href and inner != "<br>" else inner)
    return "".join(out)


def _run(run: tree.TextRun) -> str:
    if run.kind == "break":
        return "<br>"
    inner = plain(run.text) if run.kind == "text" or not is_value(run.text) else run.text
    if run.style:
        inner = f"{_tag('span', {'style': run.style})}{inner}</span>"
    for wanted, name in ((run.strike, "s"), (run.underline, "u"), (run.italic, "em"), (run.bold, "strong")):
        inner = f"<{name}>{inner}</{name}>" if wanted else inner
    return inner


def write_paragraphs(paragraphs: Sequence[tree.TextParagraph]) -> str:
    """Return paragraphs and lists as HTML."""
    out = []
    for kind, group in groupby(paragraphs, lambda paragraph: paragraph.kind):
        if kind in ("bullet", "number"):
            items = "".join(f"<li>{write_runs(each.runs)}</li>" for each in group)
            out.append(f"<ul>{items}</ul>" if kind == "bullet" else f"<ol>{items}</ol>")
        elif kind == "line":
            out += [write_runs(each.runs) for each in group]
        else:
            for each in group:
                out.append(f"{_tag('p', {'style': each.style} if each.style else {})}{write_runs(each.runs)}</p>")
    return "".join(out)


def _tag(name: str, attributes: Mapping[str, str], *, closed: bool = False) -> str:
    said = "".join(f' {key}="{written(value)}"' for key, value in attributes.items())
    return f"<{name}{said}{' /' if closed else ''}>"


def _element(name: str, attributes: Mapping[str, str], inner: str) -> str:
    return f"{_tag(name, attributes)}{inner}</{name}>"


def _with_class(block: Any, name: str) -> dict[str, str]:
    """The attributes with the class by which a block is known again, as the first of its classes."""
    given = dict(block.attributes)
    own = given.pop("css-class", "")
    return {"css-class": f"{name} {own}".strip(), **given}


def _all(nodes: Sequence[Any], level: int) -> list[str]:
    return [line for node in nodes for line in _lines(node, level)]


def _indented(text: str, level: int) -> list[str]:
    return [_STEP * level + line if line.strip() else "" for line in text.split("\n")]


def _lines(node: Any, level: int) -> list[str]:
    """A node as lines of its own."""
    inner = getattr(node, "columns", None) or getattr(node, "blocks", None) or getattr(node, "rows", None) or []
    match node:
        case tree.SectionRow() | tree.MailColumn() | tree.WrapperRow():
            return _held(_HOLDERS[type(node)], node.attributes, inner, level)
        case tree.ConditionalBlock() | tree.ConditionalRows():
            found = (f"{{% if {_expression(node.condition, NO_CONDITION)} %}}", "{% endif %}")
        case tree.RepeatedBlock() | tree.RepeatedRows():
            found = (f"{{% for {_expression(node.each, NO_LIST)} %}}", "{% endfor %}")
        case tree.SharedRow():
            found = (f"{{% # row {node.row} %}}", f"{{% # end {node.row} %}}")
        case tree.RawBlock():
            return _indented(node.code, level) if node.code else []
        case _:
            return [_STEP * level + write_block(node)]
    return [_STEP * level + found[0], *_all(inner, level), _STEP * level + found[1]]


def _held(name: str, attributes: Mapping[str, str], inner: Sequence[Any], level: int) -> list[str]:
    indent = _STEP * level
    return [indent + _tag(name, attributes), *_all(inner, level + 1), f"{indent}</{name}>"]


def _expression(text: str, without: str) -> str:
    """What stands in a Liquid tag; braces and percent signs would end it."""
    found = text.replace("%}", "").replace("{%", "").replace("}}", "").replace("{{", "").strip()
    return found or without


def _heading(block: tree.HeadingBlock) -> str:
    name = f"h{block.level}"
    return _element("mj-text", block.attributes, f"<{name}>{write_runs(block.runs)}</{name}>")


def _text(block: tree.TextBlock) -> str:
    return _element("mj-text", block.attributes, write_paragraphs(block.paragraphs))


def _button(block: tree.ButtonBlock) -> str:
    return _element("mj-button", block.attributes, write_runs(block.runs))


def _links(links: Sequence[tree.MailLink]) -> str:
    return " &nbsp;·&nbsp; ".join(_element("a", {"href": link.href}, written(link.label)) for link in links)


def _social(block: tree.SocialBlock) -> str:
    return _element("mj-text", _with_class(block, "g-social"), _links(block.links))


def _menu(block: tree.MenuBlock) -> str:
    inner = "".join(_element("mj-navbar-link", {"href": link.href}, written(link.label)) for link in block.links)
    return _element("mj-navbar", block.attributes, inner)


def _cells(block: tree.TableBlock) -> str:
    rows = []
    for number, row in enumerate(block.rows):
        name = "th" if block.header and number == 0 else "td"
        rows.append(f"<tr>{''.join(f'<{name}>{write_runs(cell)}</{name}>' for cell in row)}</tr>")
    return _element("mj-table", _with_class(block, "g-table"), "".join(rows))


def _products(block: tree.ProductsBlock) -> str:
    rows = [
        f'<tr><td width="132">{_picture(each.src, each.alt, each.href, 112)}</td><td>{_told(each)}</td></tr>'
        for each in block.items
    ]
    return _element("mj-table", _with_class(block, "g-products"), "".join(rows))


def _told(item: tree.MailProduct) -> str:
    action = _element("a", {"href": item.href}, written(item.action))
    name, note, price = written(item.name), written(item.note), written(item.price)
    return f"<h3>{name}</h3><div>{note}</div><strong>{price}</strong><div>{action}</div>"


def _picture(src: str, alt: str, href: str, width: int) -> str:
    style = f"display:block;width:100%;max-width:{width}px;height:auto;border:0"
    image = _tag("img", {"src": src, "alt": alt, "width": str(width), "style": style})
    return _element("a", {"href": href}, image)


def _coupon(block: tree.CouponBlock) -> str:
    inner = (
        f"<tr><td>{written(block.label)}</td></tr>"
        f'<tr><td class="g-code">{written(block.code)}</td></tr>'
        f"<tr><td>{written(block.note)}</td></tr>"
    )
    return _element("mj-table", _with_class(block, "g-coupon"), inner)


def _countdown(block: tree.CountdownBlock) -> str:
    """Liquid works out the days: 0 on the last one. Half a day is added: where clocks change a day is shorter."""
    inner = (
        f'{{% assign now_at = "now" | date: "%Y-%m-%d" | date: "%s" %}}'
        f'{{% assign days_left = "{block.until}" | date: "%s" | minus: now_at | plus: 43200 | divided_by: 86400 %}}'
        f'{{% if days_left >= 0 %}}<tr><td class="g-days">{{{{ days_left }}}}</td></tr>'
        f"<tr><td>{written(block.label)}</td></tr>"
        f"{{% else %}}<tr><td>{written(block.after)}</td></tr>{{% endif %}}"
    )
    return _element("mj-table", _with_class(block, "g-countdown"), inner)


def _video(block: tree.VideoBlock) -> str:
    inner = (
        f"<tr><td>{_picture(block.src, block.alt, block.href, 600)}</td></tr>"
        f"<tr><td>{_element('a', {'href': block.href}, f'▶&nbsp; {written(block.label)}')}</td></tr>"
    )
    return _element("mj-table", _with_class(block, "g-video"), inner)


_WRITERS: Final[dict[type[Any], Callable[[Any], str]]] = {
    tree.HeadingBlock: _heading,
    tree.TextBlock: _text,
    tree.ImageBlock: lambda block: _tag("mj-image", block.attributes, closed=True),
    tree.ButtonBlock: _button,
    tree.DividerBlock: lambda block: _tag("mj-divider", block.attributes, closed=True),
    tree.SpacerBlock: lambda block: _tag("mj-spacer", block.attributes, closed=True),
    tree.SocialBlock: _social,
    tree.MenuBlock: _menu,
    tree.TableBlock: _cells,
    tree.ProductsBlock: _products,
    tree.CouponBlock: _coupon,
    tree.CountdownBlock: _countdown,
    tree.VideoBlock: _video,
}


def write_block(block: Any) -> str:
    """Return one block of a column."""
    return _WRITERS[type(block)](block)
