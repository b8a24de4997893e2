# ruff: noqa: E501
"""The fast program prints what the library prints, and notes the same gaps."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.content.render.email import Part
from gonfalon.content.render.encoding import QUOTED_PRINTABLE, UTF8
from gonfalon.content.render.fast import RUN, State, compile_program
from gonfalon.content.render.liquid import environment, parse, run_library
from gonfalon.content.render.model import Style, TemplateError
from gonfalon.kit.secrets import SecretBox
from gonfalon.tracking.links.tokens import Claim, Keys
from gonfalon.tracking.links.urls import UrlFactory

URLS = UrlFactory("https://m.example", Keys.from_secrets(SecretBox(b"k" * 32))).for_message(Claim(1, 2, 3, 4))

NAMES = ("a", "b", "c", "person", "items", "item", "forloop", "missing", "x")
KEYS = ("a", "b", "first_name", "size", "first", "last", "index", "parentloop", "nothing")

texts = st.text(alphabet="ab <>&\"'é中{}%\n0123.", max_size=8)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 2000),
    st.floats(-10, 10, allow_nan=False).map(lambda f: round(f, 2)),
    texts,
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)),
)
scopes = st.dictionaries(st.sampled_from(NAMES), values, max_size=6)

paths = st.one_of(
    st.sampled_from(NAMES),
    st.builds(lambda root, key: f"{root}.{key}", st.sampled_from(NAMES), st.sampled_from(KEYS)),
    st.builds(
        lambda root, one, two: f"{root}.{one}.{two}",
        st.sampled_from(NAMES),
        st.sampled_from(KEYS),
        st.sampled_from(KEYS),
    ),
    st.builds(lambda root, index: f"{root}[{index}]", st.sampled_from(NAMES), st.integers(-2, 2)),
    st.builds(lambda root, inner: f"{root}[{inner}]", st.sampled_from(NAMES), st.sampled_from(NAMES)),
)
literals = st.sampled_from(
    ("'text'", '"<b>"', "1", "2.5", "-3", "true", "false", "nil", "empty", "blank", "(1..3)", "(a..b)")
)
primitives = st.one_of(paths, paths, literals)
filters = st.one_of(
    st.sampled_from(
        (
            " | upcase", " | downcase", " | capitalize", " | strip", " | size", " | escape", " | url_encode", " | first",
            " | last", " | reverse", " | newline_to_br", " | strip_html", " | abs", " | round", " | number", " | money",
            " | percent", " | date", " | date: 'long'", " | join", " | join: ', '", " | truncate: 3", " | split: ' '", " | sum",
            " | sort", " | uniq", " | compact", " | escape_once", " | date: '%Y'", " | strip_newlines", " | truncatewords: 1",
        )
    ),
    st.builds(
        lambda name, argument: f" | {name}: {argument}",
        st.sampled_from(
            ("append", "prepend", "default", "plus", "minus", "times", "divided_by", "modulo", "replace", "remove", "slice",
             "at_most", "at_least", "map", "where", "concat")
        ),
        primitives,
    ),
    st.just(" | default: false, allow_false: true"),
)  # fmt: skip
filtered = st.builds(lambda value, chain: value + "".join(chain), primitives, st.lists(filters, max_size=3))
comparisons = st.one_of(
    primitives,
    st.builds(
        lambda left, operator, right: f"{left} {operator} {right}",
        primitives, st.sampled_from(("==", "!=", "<>", "<", ">", "<=", ">=", "contains")), primitives,
    ),
)  # fmt: skip
conditions = st.recursive(
    comparisons,
    lambda inner: st.builds(
        lambda left, word, right: f"{left} {word} {right}", inner, st.sampled_from(("and", "or")), inner
    ),
    max_leaves=3,
)
content = st.one_of(
    st.sampled_from((" ", "\n", "text ", "<p>&amp;</p>", "")), texts.map(lambda text: text.replace("{", ""))
)
variables = st.sampled_from(("x", "item", "y"))
loops = st.builds(
    lambda source, limit, offset, backwards: source + limit + offset + backwards,
    primitives,
    st.sampled_from(("", "", " limit: 2", " limit: a", " limit: 0")),
    st.sampled_from(("", "", " offset: 1", " offset: b", " offset: continue")),
    st.sampled_from(("", "", " reversed")),
)


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Tags around templates."""
    return st.one_of(
        st.builds(lambda test, body: f"{{% if {test} %}}{body}{{% endif %}}", conditions, inner),
        st.builds(
            lambda test, body, other, second, last: (
                f"{{% if {test} %}}{body}{{% elsif {other} %}}{second}{{% else %}}{last}{{% endif %}}"
            ),
            conditions, inner, conditions, inner, inner,
        ),
        st.builds(lambda test, body, last: f"{{% unless {test} %}}{body}{{% else %}}{last}{{% endunless %}}", conditions, inner, inner),
        st.builds(
            lambda name, loop, body, last: f"{{% for {name} in {loop} %}}{body}{{% else %}}{last}{{% endfor %}}",
            variables, loops, inner, inner,
        ),
        st.builds(lambda name, body: f"{{% capture {name} %}}{body}{{% endcapture %}}", variables, inner),
        st.builds(
            lambda value, when, also, body, last: (
                f"{{% case {value} %}}{{% when {when}, {also} %}}{body}{{% else %}}{last}{{% endcase %}}"
            ),
            paths, primitives, primitives, inner, inner,
        ),
        st.builds(lambda first, second: first + second, inner, inner),
    )  # fmt: skip


templates = st.recursive(
    st.one_of(
        content,
        filtered.map(lambda expression: f"{{{{ {expression} }}}}"),
        st.builds(lambda name, expression: f"{{% assign {name} = {expression} %}}", variables, filtered),
        st.sampled_from(
            ("{% break %}", "{% continue %}", "{% comment %}x{% endcomment %}", "{% cycle 'a', 'b' %}", "{{- a -}}")
        ),
        st.sampled_from(
            ("{{ forloop.index }}", "{{ forloop.last }}", "{{ forloop.parentloop.index }}", "{% increment x %}")
        ),
        filtered.map(lambda expression: f"{{% echo {expression} %}}"),
    ),
    blocks,
    max_leaves=8,
)


def both(
    source: str, scope: dict[str, Any], *, html: bool
) -> tuple[tuple[str, list[str]] | None, tuple[str, list[str]] | None]:
    """What the library and the fast program make of it; None for a failure (or a template only the library does)."""
    template = parse(source, environment(Style(), html=html), "body")
    try:
        slow = run_library(template, scope, URLS, "body")
    except TemplateError:
        slow = None
    program = compile_program(template, None)
    if program is None:
        return slow, slow
    state = State(URLS)
    pieces: list[str] = []
    try:
        program({**scope, RUN: state}, pieces.append)
    except Exception:
        return slow, None
    return slow, ("".join(pieces), state.gaps)


@given(templates, scopes, st.booleans())
def test_fast_and_library_agree(source: str, scope: dict[str, Any], html: bool) -> None:
    """On random trees and values: the same text, the same gaps, failures at the same places."""
    try:
        slow, fast = both(source, scope, html=html)
    except TemplateError:
        return
    assert fast == slow


@pytest.mark.parametrize(
    ("source", "fields"),
    [
        ("{% for x in items %}{{ forloop.index }}/{{ forloop.length }} {{ x.a | upcase }}{% unless forloop.last %}, {% endunless %}{% endfor %}", {"items": [{"a": "q"}, {"a": "w"}]}),
        ("{% for x in items %}{% for y in x %}{{ forloop.parentloop.index }}{{ y }}{% endfor %}{% endfor %}", {"items": [[1, 2], [3]]}),
        ("{% for x in items %}{% if x == 2 %}{% break %}{% endif %}{{ x }}{% endfor %}{{ x }}", {"items": [1, 2, 3], "x": "after"}),
        ("{% if a %}   {% assign b = 'set' %}{% endif %}{{ b }}", {"a": True}),
        ("{% capture x %}<i>{{ a }}</i>{% endcapture %}{{ x }}{{ x | upcase }}", {"a": "<b>"}),
        ("{% case a %}{% when 1, 1 %}one {% when 'x' %}x{% else %}other{% endcase %}", {"a": 1}),
        ("{{ person.first_name | default: 'friend' }} {{ person.first_name }}", {"person": {}}),
    ],
)  # fmt: skip
def test_known_cases_run_on_the_fast_path(source: str, fields: dict[str, Any]) -> None:
    """The common tags are compiled, not left to the library."""
    template = parse(source, environment(Style(), html=True), "body")
    assert compile_program(template, None) is not None
    slow, fast = both(source, fields, html=True)
    assert slow is not None
    assert fast == slow


@given(st.lists(st.one_of(texts, st.text(max_size=90)), min_size=1, max_size=4))
def test_quoted_printable_pieces_join_to_the_same_text(pieces: list[str]) -> None:
    """However pieces are cut, decoding gives the text back, and no line is longer than 76."""
    import quopri

    pieces = [piece.replace("\r", " ") for piece in pieces]
    encoded = b"".join(
        QUOTED_PRINTABLE.static(piece) if number % 2 else QUOTED_PRINTABLE.value(piece)
        for number, piece in enumerate(pieces)
    )
    assert all(len(line) <= 76 for line in encoded.split(b"\r\n"))
    assert encoded.isascii()
    assert not any(line.startswith(b".") for line in encoded.splitlines())
    decoded = quopri.decodestring(encoded).replace(b"\r\n", b"\n").decode("utf-8", "replace")
    assert decoded == "".join(piece.encode("utf-8", "replace").decode() for piece in pieces)


@given(scopes)
def test_encodings_carry_the_same_message(scope: dict[str, Any]) -> None:
    """8bit and quoted-printable differ only in their coding."""
    import quopri

    template = parse("<p>{{ a }} = {{ b | upcase }}</p>\n" * 3, environment(Style(), html=True), "body")
    fields = {**scope}
    rendered = []
    for encoding in (UTF8, QUOTED_PRINTABLE):
        state = State(URLS)
        rendered.append(Part("body", template, encoding).render(fields, state))
    assert quopri.decodestring(rendered[1]).replace(b"\r\n", b"\n") == rendered[0].replace(b"\r\n", b"\n")
