"""The mail of the send benchmark: 10 KB of HTML, 2 KB of text, 12 fields, a loop, two conditions, five links."""

from __future__ import annotations

FIELDS = (
    "first_name", "last_name", "city", "country", "company", "plan",
    "points", "shop", "advisor", "currency", "code", "expires",
)  # fmt: skip
LINKS = 5
_FILLER = (
    '<tr><td style="padding:12px 24px;font-family:Helvetica,Arial,sans-serif;font-size:15px;line-height:22px;'
    'color:#333333">Spring is here and so are the new colours, chosen by our own gardeners.</td></tr>\n'
)


def html(target: int = 10_000) -> str:
    """The body as HTML with Liquid."""
    fields = "".join(f"<li>{name}: {{{{ person.{name} }}}}</li>\n" for name in FIELDS)
    links = "".join(f'<p><a href="https://shop.example/{n}?ref=mail">Look at offer {n}</a></p>\n' for n in range(LINKS))
    head = '<!doctype html><html><head><meta charset="utf-8"><title>News</title></head><body><table width="600">\n'
    middle = (
        f"<tr><td><h1>Hello {{{{ person.first_name }}}}</h1><ul>\n{fields}</ul>\n"
        "{% for item in person.items %}<p>Bought: {{ item }}</p>\n{% endfor %}"
        "{% if person.points > 100 %}<p>You are a gold customer.</p>{% else %}<p>Collect points!</p>{% endif %}\n"
        '{% if person.country == "Sweden" %}<p>Fri frakt!</p>{% endif %}\n'
        f"{links}</td></tr>\n"
    )
    tail = '<tr><td><a href="{{ unsubscribe_url }}">Unsubscribe</a></td></tr></table></body></html>\n'
    room = target - len(head) - len(middle) - len(tail)
    return head + middle + _FILLER * max(1, room // len(_FILLER)) + tail


def text(target: int = 2_000) -> str:
    """The text part with Liquid."""
    head = "Hello {{ person.first_name }} {{ person.last_name }},\n\n"
    tail = "\nUnsubscribe: {{ unsubscribe_url }}\n"
    line = "Spring is here and so are the new colours, chosen by our own gardeners.\n"
    return head + line * ((target - len(head) - len(tail)) // len(line)) + tail


def handlebars(source: str) -> str:
    """The same template for Handlebars."""
    return (
        source.replace("{% for item in person.items %}", "{{#each items}}")
        .replace("{% endfor %}", "{{/each}}")
        .replace("{{ item }}", "{{this}}")
        .replace("{% if person.points > 100 %}", "{{#if gold}}")
        .replace('{% if person.country == "Sweden" %}', "{{#if sweden}}")
        .replace("{% else %}", "{{else}}")
        .replace("{% endif %}", "{{/if}}")
        .replace("{{ unsubscribe_url }}", "https://m.example.com/u/{{token}}")
        .replace("https://shop.example/", "https://m.example.com/c/{{token}}/")
        .replace("{{ person.", "{{")
        .replace(" }}", "}}")
    )


def person(number: int) -> dict[str, object]:
    """Attributes of the person p<number>."""
    values: dict[str, object] = {name: f"{name} {number}" for name in FIELDS}
    return values | {
        "first_name": f"Name {number}",
        "points": number % 200,
        "country": "Sweden" if number % 3 == 0 else "France",
        "items": [f"thing {number % 7}", f"thing {number % 11}", f"thing {number % 13}"],
    }
