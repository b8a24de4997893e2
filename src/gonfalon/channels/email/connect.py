"""Making an SMTP connection ready: greeting, EHLO, STARTTLS, AUTH."""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import ssl

from gonfalon.channels.contract import ChannelUnavailable, Fault
from gonfalon.channels.email.model import Security, SmtpSettings
from gonfalon.channels.email.replies import Reply
from gonfalon.channels.email.smtp import SmtpConnection
from gonfalon.kit.network import NotAllowed, plain_host

_UNSUPPORTED = (500, 501, 502, 503, 504)
"""What servers say that offer a way to sign in and do not have it."""


async def connect(settings: SmtpSettings) -> SmtpConnection:
    """Return a connection that is ready to take messages. Raises ChannelUnavailable with a sentence that says what to
    do."""
    connection = SmtpConnection(settings)
    where = f"{settings.host}:{settings.port}"
    try:
        async with asyncio.timeout(settings.timeouts.connect):
            await _open(connection)
            await _greet(connection)
    except TimeoutError as problem:
        connection.abandon()
        raise ChannelUnavailable(
            f"{where} did not answer within {settings.timeouts.connect:.0f} s: "
            "check the host, the port and the firewall.",
            fault=Fault.TIMEOUT,
        ) from problem
    except NotAllowed as problem:
        connection.abandon()
        raise ChannelUnavailable(str(problem), permanent=True, fault=Fault.NOT_ALLOWED, said=str(problem)) from problem
    except ssl.SSLError as problem:
        connection.abandon()
        raise _tls_problem(settings, problem) from problem
    except OSError as problem:
        connection.abandon()
        said = getattr(problem, "strerror", None) or str(problem)
        raise ChannelUnavailable(
            f"{where} can't be reached ({said}): check the host and the port.", fault=Fault.UNREACHABLE, said=said
        ) from problem
    except BaseException:
        connection.abandon()
        raise
    return connection


def tls_context(verify: bool = True) -> ssl.SSLContext:
    """Return TLS 1.2 or newer with the system's authorities; verify=False trusts any certificate."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


async def _open(connection: SmtpConnection) -> None:
    settings = connection.settings
    encrypted = settings.security is Security.TLS
    for address in (addresses := await settings.reach.addresses(settings.host, settings.port)):
        try:
            await asyncio.get_running_loop().create_connection(
                lambda: connection,
                address,
                settings.port,
                ssl=tls_context(settings.verify) if encrypted else None,
                server_hostname=plain_host(settings.host) if encrypted else None,
            )
        except ssl.SSLError:
            raise
        except OSError:
            if address == addresses[-1]:
                raise
        else:
            return


async def _greet(connection: SmtpConnection) -> None:
    settings = connection.settings
    greeting = await connection.greeting
    if greeting.code != 220:
        raise ChannelUnavailable(
            f"{settings.host} refused the connection: {greeting.code} {greeting.text}",
            code=greeting.code,
            fault=Fault.REFUSED,
            said=f"{greeting.code} {greeting.text}",
        )
    await _hello(connection)
    if settings.security is Security.STARTTLS:
        await _start_tls(connection)
        await _hello(connection)
    if settings.user:
        await _authenticate(connection)


async def _hello(connection: SmtpConnection) -> None:
    settings = connection.settings
    name = settings.hello or connection.literal
    reply = await connection.command(f"EHLO {name}")
    extensions: dict[str, str] = {}
    if reply.code == 250:
        extensions = extensions_of(reply)
    elif 500 <= reply.code < 600:
        reply = await connection.command(f"HELO {name}")
    if reply.code != 250:
        raise ChannelUnavailable(
            f"{settings.host} refused our greeting as “{name}” ({reply.code} {reply.text}): "
            "if it wants another name, enter one as the greeting name of the mail server.",
            code=reply.code,
            fault=Fault.GREETING,
            said=f"{name} · {reply.code} {reply.text}",
        )
    connection.learn(extensions)


def extensions_of(reply: Reply) -> dict[str, str]:
    """Return what the answer to EHLO offers: keyword → parameters. “AUTH=LOGIN” is the form of before RFC 2554."""
    found: dict[str, str] = {}
    for line in reply.lines[1:]:
        keyword, _, parameters = line.strip().partition(" ")
        name, equals, first = keyword.upper().partition("=")
        if equals and name == "AUTH":
            parameters = f"{first} {parameters}"
        elif equals:
            name = keyword.upper()
        found[name] = f"{found.get(name, '')} {parameters}".strip()
    return found


async def _start_tls(connection: SmtpConnection) -> None:
    settings = connection.settings
    if "STARTTLS" not in connection.extensions:
        raise ChannelUnavailable(
            f"{settings.host} offers no STARTTLS on port {settings.port}: choose TLS (port 465) or ask its operator.",
            permanent=True,
            fault=Fault.NO_STARTTLS,
        )
    reply = await connection.command("STARTTLS")
    if reply.code != 220:
        said = f"{reply.code} {reply.text}"
        raise ChannelUnavailable(
            f"{settings.host} refused STARTTLS: {said}", code=reply.code, fault=Fault.STARTTLS, said=said
        )
    await connection.encrypt(tls_context(settings.verify))


async def _authenticate(connection: SmtpConnection) -> None:
    settings = connection.settings
    if settings.security is Security.NONE and not is_local(connection.peer):
        raise ChannelUnavailable(
            "A password is never sent unprotected: choose STARTTLS or TLS, or remove the user name.",
            permanent=True,
            fault=Fault.UNPROTECTED,
        )
    mechanisms = connection.extensions.get("AUTH", "").upper().split()
    if not {"PLAIN", "LOGIN"}.intersection(mechanisms):
        raise ChannelUnavailable(
            f"{settings.host} offers no way to sign in that we speak (PLAIN, LOGIN).",
            permanent=True,
            fault=Fault.NO_SIGN_IN,
        )
    reply = await _plain(connection) if "PLAIN" in mechanisms else await _login(connection)
    if reply.code in _UNSUPPORTED and {"PLAIN", "LOGIN"} <= set(mechanisms):
        reply = await _login(connection)
    if reply.code != 235:
        raise ChannelUnavailable(
            f"{settings.host} refused the user name or password: {reply.code} {reply.text}",
            code=reply.code,
            permanent=reply.code >= 500,
            fault=Fault.SIGN_IN,
            said=f"{reply.code} {reply.text}",
        )


async def _plain(connection: SmtpConnection) -> Reply:
    secret = _base64(f"\0{connection.settings.user}\0{connection.settings.password}")
    reply = await connection.command(f"AUTH PLAIN {secret}")
    # Some servers ask for what they were told already.
    return await connection.command(secret) if reply.code == 334 else reply


async def _login(connection: SmtpConnection) -> Reply:
    reply = await connection.command("AUTH LOGIN")
    for part in (connection.settings.user, connection.settings.password):
        if reply.code == 334:
            reply = await connection.command(_base64(part))
    return reply


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def is_local(peer: str) -> bool:
    """Return whether an address is this machine's own, so that nobody can listen on the way."""
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False


def _tls_problem(settings: SmtpSettings, problem: Exception) -> ChannelUnavailable:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return ChannelUnavailable(
            f"The certificate of {settings.host} can't be trusted ({problem.verify_message}): "
            "use the name on the certificate, or have the server's operator renew it.",
            permanent=True,
            fault=Fault.CERTIFICATE,
            said=problem.verify_message,
        )
    return ChannelUnavailable(
        f"No encrypted connection to {settings.host}:{settings.port} ({problem}): "
        "check that the port matches the security chosen (465 TLS, 587 STARTTLS).",
        fault=Fault.TLS,
        said=str(problem),
    )
