"""Making an SMTP connection ready: greeting, EHLO, STARTTLS, AUTH."""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import ssl

from gonfalon.channels.contract import ChannelUnavailable
from gonfalon.channels.email.model import Security, SmtpSettings
from gonfalon.channels.email.smtp import SmtpConnection


async def connect(settings: SmtpSettings) -> SmtpConnection:
    """A connection that is ready to take messages. Raises ChannelUnavailable with a sentence that says what to do."""
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
            "check the host, the port and the firewall."
        ) from problem
    except ssl.SSLError as problem:
        connection.abandon()
        raise _tls_problem(settings, problem) from problem
    except (OSError, UnicodeError) as problem:  # the latter: a name that cannot be one of a host
        connection.abandon()
        raise ChannelUnavailable(
            f"{where} can't be reached ({getattr(problem, 'strerror', None) or problem}): check the host and the port."
        ) from problem
    except BaseException:
        connection.abandon()
        raise
    return connection


def tls_context(verify: bool = True) -> ssl.SSLContext:
    """TLS 1.2 or newer with the system's authorities; verify=False trusts any certificate."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


async def _open(connection: SmtpConnection) -> None:
    settings = connection.settings
    encrypted = settings.security is Security.TLS
    await asyncio.get_running_loop().create_connection(
        lambda: connection,
        settings.host,
        settings.port,
        ssl=tls_context(settings.verify) if encrypted else None,
        server_hostname=settings.host if encrypted else None,
    )


async def _greet(connection: SmtpConnection) -> None:
    settings = connection.settings
    greeting = await connection.greeting
    if greeting.code != 220:
        raise ChannelUnavailable(
            f"{settings.host} refused the connection: {greeting.code} {greeting.text}", code=greeting.code
        )
    await _hello(connection)
    if settings.security is Security.STARTTLS:
        await _start_tls(connection)
        await _hello(connection)
    if settings.user:
        await _authenticate(connection)


async def _hello(connection: SmtpConnection) -> None:
    settings = connection.settings
    reply = await connection.command(f"EHLO {settings.hello}")
    extensions: dict[str, str] = {}
    if reply.code == 250:
        for line in reply.lines[1:]:
            keyword, _, parameters = line.partition(" ")
            extensions[keyword.upper()] = parameters.strip()
    elif 500 <= reply.code < 600:
        reply = await connection.command(f"HELO {settings.hello}")
    if reply.code != 250:
        raise ChannelUnavailable(f"{settings.host} refused our greeting: {reply.code} {reply.text}", code=reply.code)
    connection.learn(extensions)


async def _start_tls(connection: SmtpConnection) -> None:
    settings = connection.settings
    if "STARTTLS" not in connection.extensions:
        raise ChannelUnavailable(
            f"{settings.host} offers no STARTTLS on port {settings.port}: choose TLS (port 465) or ask its operator.",
            permanent=True,
        )
    reply = await connection.command("STARTTLS")
    if reply.code != 220:
        raise ChannelUnavailable(f"{settings.host} refused STARTTLS: {reply.code} {reply.text}", code=reply.code)
    await connection.encrypt(tls_context(settings.verify))


async def _authenticate(connection: SmtpConnection) -> None:
    settings = connection.settings
    if settings.security is Security.NONE and not _is_local(connection.peer):
        raise ChannelUnavailable(
            "A password is never sent unprotected: choose STARTTLS or TLS, or remove the user name.", permanent=True
        )
    mechanisms = connection.extensions.get("AUTH", "").upper().split()
    if "PLAIN" in mechanisms:
        secret = f"\0{settings.user}\0{settings.password}".encode()
        reply = await connection.command("AUTH PLAIN " + base64.b64encode(secret).decode())
    elif "LOGIN" in mechanisms:
        reply = await connection.command("AUTH LOGIN")
        for part in (settings.user, settings.password):
            if reply.code == 334:
                reply = await connection.command(base64.b64encode(part.encode()).decode())
    else:
        raise ChannelUnavailable(
            f"{settings.host} offers no way to sign in that we speak (PLAIN, LOGIN).", permanent=True
        )
    if reply.code != 235:
        raise ChannelUnavailable(
            f"{settings.host} refused the user name or password: {reply.code} {reply.text}",
            code=reply.code,
            permanent=reply.code >= 500,
        )


def _is_local(peer: str) -> bool:
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
        )
    return ChannelUnavailable(
        f"No encrypted connection to {settings.host}:{settings.port} ({problem}): "
        "check that the port matches the security chosen (465 TLS, 587 STARTTLS)."
    )
