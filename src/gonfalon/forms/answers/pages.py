"""The visitors' pages as HTML. They work without a script; `form.js` adds steps, conditions and the proof of work.

Everything that comes from data is escaped here, at the one place where HTML is made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape
from typing import Any
from urllib.parse import quote

from gonfalon.forms.answers.model import Shown
from gonfalon.forms.answers.rules import OTHER_WORDS, Fault, Posted
from gonfalon.forms.definition import (
    OTHER,
    AnyField,
    Asked,
    ChoiceField,
    ConsentField,
    DateField,
    EmailField,
    FormStep,
    HiddenField,
    MatrixField,
    NoteField,
    NumberField,
    PhoneField,
    ScaleField,
    TextField,
    TickField,
)
from gonfalon.forms.words import say

TRAP = "website"
"""Name of the field that people do not see."""
_FILLED = {
    "first_name": "given-name",
    "last_name": "family-name",
    "company": "organization",
    "city": "address-level2",
    "country": "country-name",
    "postal_code": "postal-code",
    "street": "street-address",
    "birthday": "bday",
}
"""What browsers may fill in, by the key of the attribute (WCAG 1.3.5)."""


@dataclass(frozen=True, slots=True)
class View:
    """What a page is drawn from. posted: what stands in the fields; embedded: inside a page of another site."""

    shown: Shown
    key: str
    challenge: str
    posted: Posted = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    note: str = ""
    embedded: bool = False
    page: str = ""
    anonymous_id: str = ""


def form_page(view: View) -> str:
    """Draw the form."""
    form, words = view.shown.definition, partial(say, view.shown.definition.language)
    head = f"<h1>{escape(form.title)}</h1>" if form.title else ""
    head += _paragraphs(form.intro)
    if view.note:
        head += f'<p class="notice" role="alert">{escape(view.note)}</p>'
    elif view.faults:
        head += f'<p class="notice" role="alert">{escape(words("summary", count=len(view.faults)))}</p>'
    steps = "".join(_step(view, number, step) for number, step in enumerate(form.steps, 1))
    hidden = {
        "key": view.key,
        "challenge": view.challenge,
        "proof": "",
        "page": view.page,
        "anonymous_id": view.anonymous_id,
    }
    inputs = "".join(_hidden(name, value) for name, value in hidden.items())
    send = escape(form.button or words("send"))
    body = (
        f'{head}<form method="post" novalidate data-next="{escape(words("next"))}" data-back="{escape(words("back"))}">'
        f'{inputs}<p class="trap" aria-hidden="true"><label>{escape(words("trap"))}'
        f'<input name="{TRAP}" tabindex="-1" autocomplete="off"></label></p>'
        f'{steps}<div class="actions"><button type="submit">{send}</button></div></form>'
    )
    return whole(view.shown, form.title or view.shown.name, body, embedded=view.embedded, script=True)


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def _step(view: View, number: int, step: FormStep) -> str:
    total = len(view.shown.definition.steps)
    count = say(view.shown.definition.language, "step", number=number, total=total)
    head = f'<p class="count">{escape(count)}</p>' if total > 1 else ""
    head += f"<h2>{escape(step.title)}</h2>" if step.title else ""
    return f'<section class="step">{head}{"".join(_field(view, each) for each in step.fields)}</section>'


def _field(view: View, each: AnyField) -> str:
    if isinstance(each, HiddenField):
        return _hidden(each.id, _first(view, each.id))
    condition = each.show_if
    shown = "" if condition is None else f" data-if='{escape(json.dumps(condition.model_dump(mode='json')))}'"
    if isinstance(each, NoteField):
        title = f"<h3>{escape(each.title)}</h3>" if each.title else ""
        return f'<div class="note"{shown}>{title}{_paragraphs(each.text)}</div>'
    return f'<div class="field"{shown} data-field="{each.id}">{_DRAWN[type(each)](view, each)}</div>'


def _first(view: View, name: str) -> str:
    return (view.posted.get(name) or ("",))[0]


def _about(view: View, each: Asked) -> tuple[str, str, str]:
    """The mark after the label, what stands below it (help and fault), and the attributes that tie it to the input."""
    language = view.shown.definition.language
    mark = "" if each.required else f' <span class="optional">({escape(say(language, "optional"))})</span>'
    below, ids = "", []
    if each.help:
        below += f'<p class="help" id="{each.id}-help">{escape(each.help)}</p>'
        ids.append(f"{each.id}-help")
    fault = view.faults.get(each.id)
    if fault is not None:
        said = escape(say(language, f"fault.{fault.code}", **fault.values))
        below += f'<p class="fault" id="{each.id}-fault">{said}</p>'
        ids.append(f"{each.id}-fault")
    ties = f' aria-describedby="{" ".join(ids)}"' if ids else ""
    ties += ' aria-invalid="true"' if fault is not None else ""
    return mark, below, ties


def _line(view: View, each: Any, attributes: str, value: str | None = None) -> str:
    mark, below, ties = _about(view, each)
    given = escape(_first(view, each.id) if value is None else value)
    need = " required" if each.required else ""
    return (
        f'<label for="{each.id}">{escape(each.label)}{mark}</label>{below}'
        f'<input id="{each.id}" name="{each.id}" value="{given}"{attributes}{need}{ties}>'
    )


def _text(view: View, each: TextField) -> str:
    filled = _FILLED.get(each.attribute or "")
    attributes = f' maxlength="{each.longest}"' + (f' autocomplete="{filled}"' if filled else "")
    if each.kind == "text":
        return _line(view, each, f' type="text"{attributes}')
    mark, below, ties = _about(view, each)
    need = " required" if each.required else ""
    return (
        f'<label for="{each.id}">{escape(each.label)}{mark}</label>{below}<textarea id="{each.id}" name="{each.id}" '
        f'rows="4"{attributes}{need}{ties}>{escape(_first(view, each.id))}</textarea>'
    )


def _number(view: View, each: NumberField) -> str:
    bounds = "" if each.least is None else f' min="{each.least:g}"'
    bounds += "" if each.most is None else f' max="{each.most:g}"'
    step = "1" if each.whole else "any"
    return _line(view, each, f' type="number" inputmode="decimal" step="{step}"{bounds}')


def _date(view: View, each: DateField) -> str:
    bounds = "" if each.earliest is None else f' min="{each.earliest}"'
    bounds += "" if each.latest is None else f' max="{each.latest}"'
    return _line(view, each, f' type="date"{bounds}')


def _group(view: View, each: Any, inner: str, kind: str = "") -> str:
    mark, below, ties = _about(view, each)
    needed = ' data-required=""' if each.required else ""
    return (
        f'<fieldset class="{kind}" id="{each.id}"{ties}{needed}><legend>{escape(each.label)}{mark}</legend>'
        f"{below}{inner}</fieldset>"
    )


def _box(kind: str, name: str, value: str, label: str, *, checked: bool) -> str:
    ticked = " checked" if checked else ""
    return (
        f'<label class="box"><input type="{kind}" name="{name}" value="{escape(value)}"{ticked}>'
        f"<span>{escape(label)}</span></label>"
    )


def _choice(view: View, each: ChoiceField) -> str:
    words = partial(say, view.shown.definition.language)
    given = set(view.posted.get(each.id, ()))
    pairs = [(option.value, option.label) for option in each.options]
    pairs += [(OTHER, words("other"))] if each.other else []
    own = ""
    if each.other:
        own = (
            f'<input class="own" type="text" name="{each.id}{OTHER_WORDS}" maxlength="500" '
            f'aria-label="{escape(each.label)}: {escape(words("other_words"))}" '
            f'placeholder="{escape(words("other_words"))}" value="{escape(_first(view, each.id + OTHER_WORDS))}">'
        )
    if each.kind == "choice" and each.menu:
        mark, below, ties = _about(view, each)
        need = " required" if each.required else ""
        listed = "".join(
            f'<option value="{escape(value)}"{" selected" if value in given else ""}>{escape(label)}</option>'
            for value, label in (("", words("choose")), *pairs)
        )
        return (
            f'<label for="{each.id}">{escape(each.label)}{mark}</label>{below}'
            f'<select id="{each.id}" name="{each.id}"{need}{ties}>{listed}</select>{own}'
        )
    kind = "radio" if each.kind == "choice" else "checkbox"
    boxes = "".join(_box(kind, each.id, value, label, checked=value in given) for value, label in pairs)
    return _group(view, each, boxes + own, "choices")


def _scale(view: View, each: ScaleField) -> str:
    least, most = (0, 10) if each.kind == "nps" else (each.least, each.most)
    given = _first(view, each.id)
    boxes = "".join(
        _box("radio", each.id, str(value), str(value), checked=given == str(value)) for value in range(least, most + 1)
    )
    ends = f'<p class="ends"><span>{escape(each.low)}</span><span>{escape(each.high)}</span></p>'
    return _group(view, each, f'<div class="scale">{boxes}</div>{ends if each.low or each.high else ""}')


def _matrix(view: View, each: MatrixField) -> str:
    head = "".join(f'<th scope="col">{escape(option.label)}</th>' for option in each.options)
    lines = ""
    for row in each.rows:
        name = f"{each.id}__{row.value}"
        given = _first(view, name)
        cells = "".join(
            f'<td><label><input type="radio" name="{name}" value="{option.value}"'
            f"{' checked' if given == option.value else ''}><span>{escape(option.label)}</span></label></td>"
            for option in each.options
        )
        lines += f'<tr><th scope="row">{escape(row.label)}</th>{cells}</tr>'
    table = f'<table class="matrix"><thead><tr><td></td>{head}</tr></thead><tbody>{lines}</tbody></table>'
    return _group(view, each, table)


def _tick(view: View, each: TickField | ConsentField) -> str:
    mark, below, ties = _about(view, each)
    need = " required" if each.required else ""
    ticked = " checked" if _first(view, each.id) else ""
    return (
        f'<label class="box"><input type="checkbox" id="{each.id}" name="{each.id}" value="yes"{ticked}{need}{ties}>'
        f"<span>{escape(each.label)}{mark}</span></label>{below}"
    )


_DRAWN: Mapping[type, Callable[[View, Any], str]] = {
    TextField: _text,
    EmailField: lambda view, each: _line(view, each, ' type="email" autocomplete="email" maxlength="320"'),
    PhoneField: lambda view, each: _line(view, each, ' type="tel" autocomplete="tel" maxlength="40"'),
    NumberField: _number,
    DateField: _date,
    ChoiceField: _choice,
    ScaleField: _scale,
    MatrixField: _matrix,
    TickField: _tick,
    ConsentField: _tick,
}


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(each)}</p>" for each in text.split("\n") if each.strip())


def thanks_page(shown: Shown, *, embedded: bool = False) -> str:
    """Draw what a visitor sees whose answer counts."""
    thanks, language = shown.definition.thanks, shown.definition.language
    title = thanks.title or say(language, "thanks")
    text = thanks.text or say(language, "thanks_text")
    return message_page(shown, title, text, embedded=embedded, state="taken", address=thanks.address)


def message_page(
    shown: Shown, title: str, text: str, *, embedded: bool = False, state: str = "", address: str = "", more: str = ""
) -> str:
    """Draw a page with one thing to say. state and address: what the page around an embedded form is told."""
    told = f' data-state="{escape(state)}" data-address="{escape(address)}"' if state else ""
    body = f'<div role="status"{told}><h1>{escape(title)}</h1>{_paragraphs(text)}</div>{more}'
    return whole(shown, title, body, embedded=embedded, script=embedded)


def confirm_page(shown: Shown, address: str) -> str:
    """Draw the question behind the link of the mail: following a link changes nothing, the button does."""
    words = partial(say, shown.definition.language)
    text = words("confirm_text", form=shown.name, address=address)
    action = f'<form method="post"><div class="actions"><button>{escape(words("confirm_action"))}</button></div></form>'
    return message_page(shown, words("confirm"), text, more=action)


def plain_page(language: str, key: str) -> str:
    """Draw a page of no workspace: `gone` or `spent`."""
    body = f"<h1>{escape(say(language, key))}</h1><p>{escape(say(language, f'{key}_text'))}</p>"
    return _document(language, say(language, key), "", body, "", script=False)


def whole(shown: Shown, title: str, body: str, *, embedded: bool, script: bool) -> str:
    """Draw a whole page of the form's workspace."""
    brand = "" if embedded else f'<p class="brand">{escape(shown.workspace.name)}</p>'
    language, accent = shown.definition.language, shown.definition.accent
    full = f"{title} · {shown.workspace.name}"
    style = f"<style>{accent_style(accent)}</style>" if accent else ""
    kind = ' class="embedded"' if embedded else ""
    return _document(language, full, kind, f'{brand}<div class="card">{body}</div>', style, script=script)


def _document(language: str, title: str, kind: str, body: str, style: str, *, script: bool) -> str:
    tag = "zh-Hans" if language == "zh" else language
    code = '<script src="/forms/form.js" defer></script>' if script else ""
    return (
        f'<!doctype html><html lang="{tag}"{kind}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/forms/form.css">{style}{code}</head>'
        f"<body><main>{body}</main></body></html>"
    )


def accent_style(accent: str) -> str:
    """Return the form's own colour for buttons, with words on it that can be read (WCAG 2.2, relative luminance)."""
    channels = [int(accent[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    on = "#fff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#000"
    return f":root{{--accent:{accent};--on:{on}}}"


def frame_sources(sites: Iterable[str]) -> str:
    """Return whose pages may show the form inside them, as a browser's policy says it."""
    named = [quote(site, safe=".*-:") for site in sites]
    return " ".join(["'self'", *(f"https://{site}" for site in named)]) if named else "*"
