"""Composed mails as a stranger's parser reads them, and signatures as dkimpy verifies them."""

from __future__ import annotations

import base64
import contextlib
import email
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from types import SimpleNamespace

import dkim
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.channels.email import headers
from gonfalon.channels.email.dkim import PrivateKey, Signer, dns_record, from_pem, new_rsa_key, to_pem
from gonfalon.channels.email.mime import Composer, Identity, ReturnPath
from gonfalon.content.render import QUOTED_PRINTABLE
from gonfalon.kit.domains import ascii_domain

AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
SHOP = Identity('Größte Äpfel, "fresh"', "shop@example.com", "answers@example.com")


def composed(composer: Composer, subject: str = "Hi", text: str = "Hello\n.\n..dots", html: str = "<p>é</p>") -> bytes:
    quoted = QUOTED_PRINTABLE.static
    wire = b"".join(
        composer.compose(
            42, "kim@example.net", subject=subject, text=quoted(text), html=quoted(html), at=AT,
            unsubscribe="https://m.example.com/u/abc",
        )
    )  # fmt: skip
    return wire


def parsed(wire: bytes) -> EmailMessage:
    return email.message_from_bytes(wire, policy=policy.default)


def test_a_whole_mail() -> None:
    wire = composed(Composer(SHOP, reference="d1", feedback_id="c:t:w:gonfalon"), "Äpfel für Kim")
    mail = parsed(wire)
    assert mail["From"].addresses[0].display_name == SHOP.name
    assert mail["From"].addresses[0].addr_spec == SHOP.address
    assert mail["Reply-To"].addresses[0].addr_spec == SHOP.reply_to
    assert mail["To"].addresses[0].addr_spec == "kim@example.net"
    assert mail["Subject"] == "Äpfel für Kim"
    assert mail["Date"].datetime == AT
    assert mail["Message-ID"] == "<42.d1@example.com>"
    assert mail["List-Unsubscribe"] == "<https://m.example.com/u/abc>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Feedback-ID"] == "c:t:w:gonfalon"
    text, html = mail.iter_parts()
    assert text.get_content().split() == ["Hello", ".", "..dots"]
    assert html.get_content().strip() == "<p>é</p>"
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")


@pytest.mark.parametrize(
    ("domain", "sent"),
    [
        ("müller.example", "xn--mller-kva.example"),
        ("א1.com", "xn--1-zhc.com"),
        ("عربي٣.com", "xn--ngbrx4e4f.com"),
        ("例え.jp", "xn--r8jz45g.jp"),
    ],
)
def test_domains_go_as_ascii(domain: str, sent: str) -> None:
    key = Ed25519PrivateKey.generate()
    identity = Identity("Shop", f"shop@{domain}", f"answers@{domain}")
    composer = Composer(identity, reference="d1", signers=[Signer(domain, "s", key)])
    wire = b"".join(composer.compose(42, f"kim@{domain}", subject="Hi", text=b"\r\n", html=b"\r\n", at=AT))
    head = wire.split(b"\r\n\r\n")[0]
    assert head.isascii()
    for line in (f'From: "Shop" <shop@{sent}>', f"Reply-To: answers@{sent}", f"To: kim@{sent}"):
        assert line.encode() in head
    assert f"Message-ID: <42.d1@{sent}>".encode() in head
    assert f" d={sent};".encode() in head
    assert dns_record(domain, "s", key).name == f"s._domainkey.{sent}"


@given(st.emails(), st.text(max_size=60), st.emails(domains=st.from_regex(r"[\w.-]{1,70}", fullmatch=True)))
def test_an_identity_composes_or_is_refused(address: str, name: str, reply_to: str) -> None:
    for each in (address, reply_to):
        with contextlib.suppress(headers.UnsafeAddress):
            Composer(Identity(name, each, reply_to), reference="d1")


def test_same_message_same_bytes() -> None:
    assert composed(Composer(SHOP, reference="d1")) == composed(Composer(SHOP, reference="d1"))


def test_wire_lines() -> None:
    wire = composed(Composer(SHOP, reference="d1"), text="x" * 5000, html="ü" * 5000, subject="ä" * 500)
    assert wire.endswith(b"\r\n")
    assert b"\n.\r\n" not in wire
    assert b"\r" not in wire.replace(b"\r\n", b"")
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert max(map(len, wire.split(b"\r\n"))) <= 998


@given(st.text(max_size=300), st.text(max_size=60), st.text(max_size=60))
def test_no_value_can_start_a_header(subject: str, name: str, reply: str) -> None:
    wire = composed(Composer(Identity(name, "a@example.com"), reference="d1", feedback_id=reply), subject)
    mail = parsed(wire)
    usual = {"From", "MIME-Version", "Content-Type", "To", "Subject", "Date", "Message-ID"}
    usual |= {"List-Unsubscribe", "List-Unsubscribe-Post"} | ({"Feedback-ID"} if reply else set())
    assert sorted(mail.keys()) == sorted(usual)
    assert len(list(mail.iter_parts())) == 2
    head = wire.split(b"\r\n\r\n")[0]
    assert b"\r" not in head.replace(b"\r\n", b"")
    assert b"\n" not in head.replace(b"\r\n", b"")


@given(st.text(max_size=200))
def test_a_subject_survives(subject: str) -> None:
    expected = headers.safe(subject).encode("utf-8", "replace").decode()
    mail = email.message_from_bytes(b"Subject: " + headers.unstructured(subject) + b"\r\n\r\n")
    decoded = "".join(
        part if isinstance(part, str) else part.decode(charset or "ascii")
        for part, charset in email.header.decode_header(mail["Subject"] or "")
    )
    assert decoded == expected.lstrip() if expected.isascii() else decoded == expected


@given(st.text(max_size=80))
def test_an_address_is_safe_or_refused(address: str) -> None:
    try:
        written = headers.addr_spec(address)
    except headers.UnsafeAddress:
        return
    local, _, domain = address.rpartition("@")
    assert written.decode() in (address, f"{local}@{ascii_domain(domain)}")
    assert written.rpartition(b"@")[2].isascii()
    assert not set(address) & set("\r\n\0<>,;: \t")
    assert address.count("@") == 1


@pytest.mark.parametrize(
    "address", ["", "a", "a@b\r\nBcc: x@y", "a@b, c@d", "<a@b>", "a b@c", "a@b@c", "a@b\0", "a:b@c;"]
)
def test_unsafe_addresses(address: str) -> None:
    with pytest.raises(headers.UnsafeAddress):
        headers.addr_spec(address)


@given(st.text(alphabet=".a \n\r=é", max_size=300))
def test_no_text_can_end_the_message(text: str) -> None:
    """Nothing has to be stuffed, because no line begins with a dot: not even where a long line is broken."""
    wire = composed(Composer(SHOP, reference="d1"), text=text, html=text)
    assert not any(line.startswith(b".") for line in wire.splitlines())
    assert all(line.endswith(b"\r") for line in wire.split(b"\n")[:-1])


class Ed25519:
    """What dkimpy wants of PyNaCl, on `cryptography`: its canonicalisation stays the oracle."""

    class VerifyKey:
        def __init__(self, encoded: bytes, encoder: object) -> None:
            self.key = Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded))

        def verify(self, data: bytes, signature: bytes) -> bytes:
            self.key.verify(signature, data)
            return data

    signing = SimpleNamespace(VerifyKey=VerifyKey)
    encoding = SimpleNamespace(Base64Encoder=None)
    exceptions = SimpleNamespace(ValueError=ValueError, BadSignatureError=InvalidSignature)


@pytest.fixture(scope="module", autouse=True)
def ed25519() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dkim, "nacl", Ed25519, raising=False)
        yield


@pytest.fixture(scope="module")
def keys() -> dict[str, PrivateKey]:
    return {"rsa": new_rsa_key(), "ed": Ed25519PrivateKey.generate()}


def verifies(wire: bytes, keys: dict[str, PrivateKey], index: int = 0) -> bool:
    def dns(name: bytes, timeout: int = 5) -> bytes:
        selector = name.decode().split(".")[0]
        record = dns_record("example.com", selector, keys[selector])
        assert name.decode().rstrip(".") == record.name
        return record.value.encode()

    try:
        return bool(dkim.DKIM(wire).verify(index, dnsfunc=dns))
    except dkim.ValidationError:
        return False


@given(st.text(max_size=120), st.text(max_size=400))
def test_signatures_verify(keys: dict[str, PrivateKey], subject: str, text: str) -> None:
    signers = [Signer("example.com", selector, key) for selector, key in keys.items()]
    wire = composed(Composer(SHOP, reference="d1", signers=signers), subject, text)
    assert verifies(wire, keys, 0)
    assert verifies(wire, keys, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Subject: Hi", b"Subject: Ho"),
        (b"u/abc", b"u/abd"),
        (b"One-Click", b"One-Clack"),
        (b"Hello", b"Hallo"),
        (b"To: kim", b"To: tim"),
        (b"MIME-Version", b"Subject: second\r\nMIME-Version"),
    ],
)
def test_a_changed_mail_does_not_verify(keys: dict[str, PrivateKey], before: bytes, after: bytes) -> None:
    wire = composed(Composer(SHOP, reference="d1", signers=[Signer("example.com", "rsa", keys["rsa"])]))
    assert verifies(wire, keys)
    assert not verifies(wire.replace(before, after, 1), keys)


def test_keys_survive_storage(keys: dict[str, PrivateKey]) -> None:
    for key in keys.values():
        again = from_pem(to_pem(key))
        assert dns_record("a.example", "s", again) == dns_record("a.example", "s", key)


@given(st.integers(min_value=0, max_value=2**63 - 1))
def test_return_paths(message_id: int) -> None:
    paths = ReturnPath("bounces.example.com", b"k" * 32)
    address = paths.address(message_id)
    assert len(address.split("@")[0]) <= 64
    assert paths.message_id(address) == message_id
    assert paths.message_id(address.lower()) == message_id
    assert ReturnPath("bounces.example.com", b"x" * 32).message_id(address) is None


@pytest.mark.parametrize("address", ["", "bounce@x", "bounce+@x", "bounce+!!@x", "bounce+aaaa@x", "a+b+c@d"])
def test_foreign_return_paths(address: str) -> None:
    assert ReturnPath("x", b"k").message_id(address) is None
