# ruff: noqa: E501
"""Templates written to do harm end at once, with a sentence, and without memory."""

from __future__ import annotations

import resource
from time import process_time
from typing import Any

import pytest

from gonfalon.content.render import Source, TemplateError, compile_email
from gonfalon.tracking.links.urls import preview_urls

URLS = preview_urls("https://m.example")
FIELDS: dict[str, Any] = {"person": {"name": "Ada", "long": "ab" * 5000}, "items": list(range(500)), "n": 10**9}

DOUBLE = "{% assign x = 'aaaaaaaaaaaaaaaa' %}" + "{% assign x = x | append: x %}" * 40
MJML = "<mjml lang='en'><mj-body>{}</mj-body></mjml>"

LIQUID = {
    "endless loop": "{% for i in (1..1000000000) %}x{% endfor %}",
    "loop to a field": "{% for i in (1..n) %}x{% endfor %}",
    "nested loops": "{% for a in items %}{% for b in items %}{% for c in items %}x{% endfor %}{% endfor %}{% endfor %}",
    "loops in a row": "{% for i in items %}{% endfor %}" * 3000,
    "blank loops": "{% for a in items %}{% for b in items %} {% endfor %}{% endfor %}",
    "loop over a full body": "{% for a in items %}" + "{{ person.name }}" * 2000 + "{% endfor %}",
    "loop over text": "{% for a in items %}" + "<p>word</p>" * 9000 + "{% endfor %}",
    "loop over a long value": "{% for a in items %}" + "{{ person.long }}" * 100 + "{% endfor %}",
    "doubling": DOUBLE + "{{ x }}",
    "doubling in a loop": "{% assign x = 'ab' %}{% for i in (1..100) %}{% assign x = x | append: x %}{% endfor %}",
    "doubling by capture": "{% assign x = 'abababab' %}"
    + "{% capture x %}{{ x }}{{ x }}{% endcapture %}" * 40
    + "{{ x }}",
    "doubling in a chain": "{{ person.long " + "| append: person.long " * 100 + "}}",
    "replace by itself": "{{ person.long | replace: 'a', person.long }}",
    "replace nothing": "{{ person.long | replace: '', person.long }}",
    "join by a long text": "{{ items | join: person.long }}",
    "squares": "{% assign x = 99999999999 %}{% for i in (1..60) %}{% assign x = x | times: x %}{% endfor %}{{ x }}",
    "squares in a chain": "{% assign x = 999999999999 %}{{ x | times: x | times: x | times: x | times: x }}",
    "long joins": "{{ (1..100000000) | join: ',' }}",
    "long lists": "{% assign a = (1..100000000) | reverse %}",
    "list growth": "{% assign a = items %}" + "{% assign a = a | concat: a %}" * 30,
    "long range test": "{% if (1..100000000000) contains 'x' %}x{% endif %}",
    "range beyond C": "{{ (1..99999999999999999999999999).size }}",
    "uniq of many": "{% assign a = person.long | split: '' | uniq %}",
    "date width": "{{ 'now' | date: '%999999999d' }}",
    "date form": "{{ 'now' | date: '%Q' }}",
    "long number": "{{ " + "9" * 3900 + " | plus: 1 }}",
    "millions of digits": "{{ '9e999990' | money }}{{ '9e999990' | number }}{{ '1e-999990' | percent }}",
    "places without end": "{{ 1 | number: '9e999990' }}{{ 1 | percent: '9e999990' }}",
    "divide by nothing": "{{ 1 | divided_by: 0 }}",
    "deep blocks": "{% if true %}" * 500 + "x" + "{% endif %}" * 500,
    "deep brackets": "{{ a" + "[" * 900 + "1" + "]" * 900 + " }}",
    "deep brackets that never end": "{% if a" + "[" * 900 + " %}x{% endif %}",
    "deep path": "{{ " + "a[" * 1300 + "b" + "]" * 1300 + " }}",
    "long condition": "{% if a" + " and a" * 600 + " %}x{% endif %}",
    "open output": "{{ person.name",
    "open tag": "{% if person.name",
    "open outputs in a comment": "{% comment %}" + "{{ " * 50000,
    "blanks in tags": ("{{" + " " * 3900 + "}}") * 60,
    "blanks before an end": ("{{ a" + " " * 3900 + "}}") * 60,
    "huge tag": "{{ '" + "x" * 100_000 + "' }}",
    "no end": "{% if true %}x",
    "no start": "x{% endif %}",
    "else alone": "{% else %}",
    "include a file": "{% include '/etc/passwd' %}",
    "include by name": "{% include person.name %}",
    "render a file": "{% render '../../secret.key' %}",
    "extends": "{% extends 'base' %}",
    "unknown tag": "{% python %}import os{% endpython %}",
    "our own link tag": "{% glink 1 %}https://evil.example{% endglink %}",
    "unknown filter": "{{ person.name | system }}",
    "raw HTML by filter": "{{ person.name | safe }}",
    "huge source": "x" * 500_000,
    "compare text and number": "{% if person.name > 3 %}x{% endif %}",
    "break outside": "{% break %}",
}

STRUCTURE = {
    "mj-include": MJML.format("<mj-include path='/etc/passwd' />"),
    "mj-include in head": "<mjml><mj-head><mj-include path='x.mjml'/></mj-head><mj-body></mj-body></mjml>",
    "deep elements": MJML.format("<mj-wrapper>" * 5000 + "</mj-wrapper>" * 5000),
    "deep HTML": MJML.format("<mj-text>" + "<div>" * 5000 + "</div>" * 5000 + "</mj-text>"),
    "not closed": MJML.format("<mj-section>"),
    "closed twice": MJML.format("</mj-section>"),
    "closed in disorder": MJML.format("<mj-section><mj-column></mj-section></mj-column>"),
    "unknown element": MJML.format("<mj-script>x</mj-script>"),
    "no body": "<mjml></mjml>",
    "text after": MJML.format("") + "more",
    "broken attribute": MJML.format("<mj-section a='></mj-section>"),
    "element without an end": MJML.format(
        "<mj-section><mj-column><mj-text>a <img src='x</mj-text></mj-column></mj-section>"
    ),
}


@pytest.mark.parametrize("name", [*LIQUID, *STRUCTURE])
def test_hostile_template_is_refused(name: str) -> None:
    """Compiling or rendering ends in well under a second of CPU and 64 MB, with one sentence."""
    body = LIQUID.get(name) or STRUCTURE[name]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = process_time()
    with pytest.raises(TemplateError) as caught:
        compile_email(Source("Hello", body)).render(FIELDS, URLS)
    assert process_time() - began < 3.0  # a backstop against hanging, far above what is used
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024
    sentence = caught.value.sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 300


@pytest.mark.parametrize("expression", ["person.__class__", "person.name.__class__.__mro__", "items.append", "person['__class__']", "person.name.upper", "forloop.__init__"])  # fmt: skip
def test_python_is_out_of_reach(expression: str) -> None:
    """Names that Python would understand are just missing fields."""
    rendered = compile_email(Source("s", f"<p>[{{{{ {expression} }}}}]</p>")).render(FIELDS, URLS)
    assert b"[]" in rendered.html


def test_error_names_the_line_of_the_author() -> None:
    """The line is the one in the editor, also when the mistake shows only while rendering."""
    body = "<mjml lang='en'>\n<mj-body>\n<mj-section><mj-column>\n<mj-text>\n{{ person.name | divided_by: 0 }}\n</mj-text></mj-column></mj-section></mj-body></mjml>"
    with pytest.raises(TemplateError) as caught:
        compile_email(Source("s", body)).render(FIELDS, URLS)
    assert caught.value.line == 5
    with pytest.raises(TemplateError) as caught:
        compile_email(Source("s", body.replace("divided_by: 0", "nosuch")))
    assert caught.value.line == 5
    assert "nosuch" in caught.value.sentence


def test_person_data_cannot_write_html() -> None:
    """Values are escaped in HTML and in attributes, and left alone in text and subject."""
    fields = {"person": {"name": "<script>alert(1)</script>\"'"}}
    rendered = compile_email(
        Source("Hi {{ person.name }}", '<p title="{{ person.name }}">{{ person.name }}</p>')
    ).render(fields, URLS)
    assert b"<script>alert" not in rendered.html
    assert b'""' not in rendered.html
    assert "<script>alert(1)</script>" in rendered.subject


def test_subject_stays_one_line() -> None:
    """A value with line ends cannot add a header."""
    rendered = compile_email(Source("Hi {{ person.name }}", "x")).render(
        {"person": {"name": "a\r\nBcc: b@c.example"}}, URLS
    )
    assert rendered.subject == "Hi a Bcc: b@c.example"
