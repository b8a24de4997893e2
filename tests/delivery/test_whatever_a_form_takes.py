"""Whatever a form takes can be prepared and composed, or is refused with one of the two errors that senders know."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from gonfalon.channels.email.actions import _sender_values
from gonfalon.channels.email.headers import UnsafeAddress
from gonfalon.channels.email.mailing import Mailing
from gonfalon.channels.email.mime import Composer, Identity
from gonfalon.channels.email.schemas import SenderIn
from gonfalon.content.render import QUOTED_PRINTABLE, Source, Style, TemplateError, compile_email
from gonfalon.content.templates.schemas import TemplateIn
from gonfalon.kit.errors import Invalid
from gonfalon.kit.secrets import SecretBox
from gonfalon.tracking.links.policy import policy_of
from gonfalon.tracking.links.tokens import Keys
from gonfalon.tracking.links.urls import UrlFactory

AT = datetime(2026, 3, 1, tzinfo=UTC)
URLS = UrlFactory("https://shop.example", Keys.from_secrets(SecretBox(b"1" * 32)))
ANY = st.text(max_size=60)
_LABEL = st.text(st.characters(categories=["L", "N", "M"], include_characters="-."), min_size=1, max_size=12)
_PIECES = st.sampled_from(
    [
        "{{ person.x }}", "{{ person.x | default: 'you' }}", "{{ person.n | money }}", "{% if person.x %}",
        "{% endif %}", "{{ person.when | date: '%s %F %Q' }}", "{% for a in person.tags %}", "{% endfor %}",
        "{{ unsubscribe_url }}", "{{ person.x | concat: 1 }}", "{% assign a = person.x | split: '' %}",
        "{{ a | map: 'b' }}", "{{", "}}", "{% raw %}", "<mjml><mj-body><mj-text>", "</mj-text></mj-body></mjml>",
        "<a href='https://x.example?a=1&copy=2'>", "</a>", "<p>", "<style>p{color:red", "}</style>", "<!--", "-->",
        "&#x0;", "\ud800", "\u202e", "\x00", "\r\n.\r\n", "[if mso]",
    ]
)  # fmt: skip
_BODY = st.lists(st.one_of(_PIECES, st.text(max_size=10)), max_size=12).map("".join)
_VALUES = st.one_of(
    ANY,
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.none(),
    st.sampled_from(["9e250000", "2026-02-30", "NaN"]),
)


def composed(identity: Identity, source: Source, row: Any) -> None:
    """As a sender does it: prepare once, compose each."""
    try:
        email = compile_email(source, Style("en", "UTC", "EUR"), encoding=QUOTED_PRINTABLE)
        composer = Composer(identity, reference="0" * 32, feedback_id="c:t:1:gonfalon")
        mailing = Mailing(1, 1, identity, email, composer, URLS, {"name": "Shop"}, policy_of({}), PROVIDER)
        parts = mailing.message(row, AT).payload
    except (TemplateError, UnsafeAddress):
        return
    whole = b"".join(parts)
    assert b"\r\n.\r\n" not in whole, "the message ends before its end"
    head = whole.partition(b"\r\n\r\n")[0]
    assert all(line[:1] in b" \t" or b":" in line for line in head.split(b"\r\n"))


PROVIDER: Any = SimpleNamespace(envelope_sender=lambda identity, _: identity.address, reference=lambda _: "")


def person(address: str, x: Any) -> Any:
    attributes = {"x": x, "n": x, "when": x}
    return SimpleNamespace(
        id=5, person_id=7, address=address, attributes=attributes, email=address, phone=None, external_id=None,
        tags=["a", "b"], tracking_consent=None,
    )  # fmt: skip


PLAIN = Source("News {{ person.x }}", "<p>Hello {{ person.x }} {{ unsubscribe_url }}</p>", "", "")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=ANY, local=ANY, domain=st.lists(_LABEL, min_size=1, max_size=4).map(".".join), reply=ANY, x=_VALUES)
@example(name="A", local="a", domain="א1.com", reply="", x="")
@example(name="A", local="a", domain="عربي٣.com", reply="", x="")
@example(name='"\\', local="a", domain="xn--mller-kva.example", reply="b@ß.example", x="\r\nBcc: x@y.example")
@example(name="=?utf-8?", local="é", domain="MÜLLER.example.", reply="", x="\ud800")
def test_any_sender_that_can_be_saved_can_send(name: str, local: str, domain: str, reply: str, x: Any) -> None:
    for given_reply in (reply, f"{local}@{domain}", ""):
        try:
            saved = _sender_values(SenderIn(from_name=name, from_address=f"{local}@{domain}", reply_to=given_reply))
        except (Invalid, ValidationError):
            continue
        identity = Identity(saved["from_name"], saved["from_address"], saved["reply_to"])
        composed(identity, PLAIN, person("p@shop.example", x))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(subject=st.one_of(ANY, _BODY), preheader=_BODY, body=_BODY, plain=_BODY, x=_VALUES, address=ANY)
def test_any_template_that_can_be_saved_is_composed_or_refused(
    subject: str, preheader: str, body: str, plain: str, x: Any, address: str
) -> None:
    try:
        saved = TemplateIn(name="N", subject=subject, preheader=preheader, body=body, text=plain)
    except ValidationError:
        return
    source = Source(saved.subject, saved.body, saved.preheader, saved.text or "")
    for to in ("p@shop.example", address):
        composed(Identity("Shop", "news@shop.example"), source, person(to, x))
