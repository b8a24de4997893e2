"""From the greeting to a connection that is ready: names, encryption, signing in, and what a person is told."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from gonfalon.channels.contract import ChannelUnavailable, Verdict
from gonfalon.channels.email import connect as connecting
from gonfalon.channels.email.connect import connect
from gonfalon.channels.email.model import Security, SmtpSettings, Timeouts
from gonfalon.channels.email.smtp import SmtpConnection
from tests.channels.fake_smtp import FakeSmtp
from tests.channels.test_smtp import send_all, settings, verdicts


async def test_nothing_listens() -> None:
    server = FakeSmtp()
    await server.start()
    await server.stop()
    with pytest.raises(ChannelUnavailable, match="check the host and the port"):
        await connect(settings(server))


@pytest.mark.parametrize(
    ("behaviour", "extensions", "more", "words"),
    [
        (lambda s, _: b"554 go away\r\n" if s == "connect" else None, (), {}, "refused the connection: 554"),
        (lambda s, _: "hang" if s == "connect" else None, (), {"timeouts": Timeouts(connect=0.05)}, "did not answer"),
        (lambda s, _: "close" if s == "ehlo" else None, (), {}, "closed the connection"),
        (None, (), {"security": Security.STARTTLS}, "offers no STARTTLS"),
        (None, (), {"user": "me", "password": "x"}, "no way to sign in"),
        (
            lambda s, _: b"535 5.7.8 no\r\n" if s == "auth" else None,
            ("AUTH PLAIN",),
            {"user": "me", "password": "x"},
            "refused the user name or password",
        ),
    ],
)
async def test_a_connection_that_can_not_be_made_says_what_to_do(
    behaviour: Callable[[str, str], bytes | str | None] | None,
    extensions: tuple[str, ...],
    more: dict[str, object],
    words: str,
) -> None:
    async with FakeSmtp(behaviour or (lambda *_: None), extensions=extensions) as server:
        with pytest.raises(ChannelUnavailable, match=words):
            await connect(settings(server, **more))


@pytest.mark.parametrize(
    ("mechanism", "offered"),
    [
        ("PLAIN", ("AUTH PLAIN LOGIN",)),
        ("LOGIN", ("AUTH LOGIN",)),
        ("LOGIN", ("AUTH=LOGIN",)),
        ("PLAIN", ("auth cram-md5", "AUTH=login plain")),
        ("LOGIN", ("AUTH CRAM-MD5 LOGIN", "AUTH=CRAM-MD5 LOGIN")),
    ],
)
async def test_signs_in(mechanism: str, offered: tuple[str, ...]) -> None:
    async with FakeSmtp(extensions=("PIPELINING", *offered)) as server:
        line = await connect(settings(server, user="mé", password="pass wörd"))
        assert verdicts(await send_all(line, ["a@b.example"])) == [Verdict.ACCEPTED]
        await line.close()
    expected = "AUTH PLAIN AG3DqQBwYXNzIHfDtnJk" if mechanism == "PLAIN" else "cGFzcyB3w7ZyZA=="
    assert expected in server.commands


async def test_a_way_to_sign_in_that_is_offered_and_missing_is_no_end() -> None:
    def behaviour(stage: str, said: str) -> bytes | None:
        return b"504 5.5.4 unrecognized\r\n" if stage == "auth" and said.startswith("AUTH PLAIN") else None

    async with FakeSmtp(behaviour, extensions=("AUTH PLAIN LOGIN",)) as server:
        line = await connect(settings(server, user="me", password="x"))
        await line.close()
    assert "AUTH LOGIN" in server.commands


async def test_a_machine_without_a_name_greets_by_its_address() -> None:
    async with FakeSmtp(extensions=("SIZE ²",)) as server:
        line = await connect(settings(server))
        assert line.max_size == 0, "a size that is no number"
        await line.close()
    assert server.commands[0] == "EHLO [127.0.0.1]"


async def test_a_password_is_never_sent_in_clear_over_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SmtpConnection, "peer", "192.0.2.1")
    async with FakeSmtp(extensions=("AUTH PLAIN",)) as server:
        with pytest.raises(ChannelUnavailable, match="never sent unprotected"):
            await connect(settings(server, user="me", password="x"))
        assert not any(command.startswith("AUTH") for command in server.commands)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_tls_and_its_verification(certificate: Path, security: Security, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    implicit = security is Security.TLS
    async with FakeSmtp(
        extensions=("PIPELINING", "STARTTLS"), tls=context, implicit_tls=context if implicit else None
    ) as server:
        with pytest.raises(ChannelUnavailable, match="can't be trusted"):
            await connect(settings(server, security=security))
        line = await connect(settings(server, security=security, verify=False))
        assert verdicts(await send_all(line, ["a@b.example", "b@b.example"])) == [Verdict.ACCEPTED] * 2
        await line.close()
        trusting = connecting.tls_context()
        trusting.load_verify_locations(certificate)
        monkeypatch.setattr(connecting, "tls_context", lambda verify=True: trusting)
        line = await connect(settings(server, security=security))
        assert verdicts(await send_all(line, ["c@b.example"])) == [Verdict.ACCEPTED]
        await line.close()


async def test_words_in_clear_after_starttls_are_not_believed() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 x\r\n")
        await reader.readline()
        writer.write(b"250-x\r\n250 STARTTLS\r\n")
        await reader.readline()
        writer.write(b"220 go\r\n250 injected\r\n")
        await reader.read()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ChannelUnavailable, match="in clear"):
            await connect(SmtpSettings("127.0.0.1", port, Security.STARTTLS))
