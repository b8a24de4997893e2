"""Email's own questions before a launch: can people unsubscribe, is it too large, will it be believed."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.email.store import find_sender, find_settings
from gonfalon.channels.offers import Proposal
from gonfalon.channels.questions import Answer, Fix, Level, Place, answer
from gonfalon.content.templates.model import Check
from gonfalon.kit.domains import readable_domain

CLIPPED_AT = 102_400
"""Bytes of HTML above which Gmail cuts a message short and hides the rest, the unsubscribe link included."""


async def check_email(connection: AsyncConnection, proposal: Proposal) -> list[Answer]:
    """Answer email's questions about what is to be sent, and about whom it is from."""
    about = []
    if proposal.content is not None:
        about = about_content(proposal.content, Fix(Place.TEMPLATE, proposal.template_id))
    sender = await find_sender(connection, proposal.workspace_id, proposal.sender_id, archived=False)
    if sender is None:
        here = Fix(Place.TOUCHPOINT, proposal.touchpoint_id)
        return [*about, answer("sender.missing", Level.BLOCKING, "Choose who it is from.", here)]
    stored = await find_settings(connection, proposal.workspace_id)
    if stored.by_api:
        domain = readable_domain(sender.from_address.rpartition("@")[2])
        there = Fix(Place.EMAIL_SETTINGS)
        signing = f"From {sender.from_address}; the provider signs it if {domain} is verified there."
        return [*about, answer("sender.by_provider", Level.OK, signing, there, domain=domain)]
    signed = stored.dkim_domain if stored.dkim_key_sealed else ""
    return [*about, about_sender(sender.from_address, sandbox=stored.sandbox, signed=signed)]


def about_content(content: Check, there: Fix) -> list[Answer]:
    """Answer whether people can unsubscribe by it, and whether it is shown whole."""
    if any(problem.code == "unsubscribe_missing" for problem in content.problems):
        unsubscribe = answer(
            "unsubscribe.missing",
            Level.BLOCKING,
            "The email has no unsubscribe link; put {{ unsubscribe_url }} behind a link in its footer.",
            there,
        )
    else:
        unsubscribe = answer("unsubscribe.present", Level.OK, "An unsubscribe link is in the email.", there)
    large = content.html_bytes > CLIPPED_AT
    size = answer(
        "size.clipped" if large else "size.fine",
        Level.LOOK if large else Level.OK,
        f"The email has {content.html_bytes / 1024:,.0f} KB"
        + ("; Gmail cuts off what is over 100 KB, the unsubscribe link included." if large else "."),
        there,
        bytes=content.html_bytes,
    )
    return [unsubscribe, size]


def about_sender(address: str, *, sandbox: bool, signed: str) -> Answer:
    """Answer whether mail from this address will be believed. signed: the domain that signs it (DKIM), or ""."""
    there = Fix(Place.EMAIL_SETTINGS)
    if sandbox:
        return answer(
            "sender.sandbox",
            Level.LOOK,
            "Mail goes to the built-in sandbox: nothing leaves this machine. Enter a mail server to send for real.",
            there,
        )
    domain, signed = readable_domain(address.rpartition("@")[2]), readable_domain(signed)
    if not signed:
        return answer(
            "sender.unsigned",
            Level.LOOK,
            f"Mail from {domain} is not signed by Gonfalon (DKIM). Unless your mail server signs it, "
            "large providers refuse it.",
            there,
            domain=domain,
        )
    if domain != signed and not domain.endswith("." + signed) and not signed.endswith("." + domain):
        return answer(
            "sender.unaligned",
            Level.LOOK,
            f"Mail from {domain} is signed as {signed}; DMARC asks for the same domain, so it may be refused.",
            there,
            domain=domain,
            signed=signed,
        )
    return answer("sender.ready", Level.OK, f"From {address}, signed as {signed}.", there, domain=domain)
