"""Check what the DNS says of the domains that a workspace's mail is from."""

from __future__ import annotations

import asyncio

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.channels.email import store
from gonfalon.channels.email.dkim import DnsRecord
from gonfalon.channels.email.domains.lookup import ask_dns
from gonfalon.channels.email.domains.model import Ask, DomainCheck, RecordCheck, RecordKind, RecordStanding, Why
from gonfalon.channels.email.domains.rules import judge_dkim, judge_dmarc, judge_mx, judge_spf, mechanism_of, reserved
from gonfalon.channels.email.model import EmailSettings
from gonfalon.channels.email.provider import signing_record
from gonfalon.kit.domains import ascii_domain

MOST_DOMAINS = 10


async def check_domains(ctx: Context, ask: Ask = ask_dns) -> list[DomainCheck]:
    """Ask the DNS about the domains of senders, signature and bounces, at most `MOST_DOMAINS`, by name."""
    ctx.require(Permission.CHANNELS_MANAGE)
    async with ctx.reading() as connection:
        stored = await store.find_settings(connection, ctx.workspace.id)
        senders = await store.list_senders(connection, ctx.workspace.id)
    record = signing_record(ctx.services.secrets, stored)
    named = {ascii_domain(sender.from_address.rpartition("@")[2]) for sender in senders}
    named |= {domain for domain in (stored.dkim_domain, stored.return_path_domain) if domain}
    domains = sorted(named)[:MOST_DOMAINS]
    return list(await asyncio.gather(*(_check(domain, stored, record, ask) for domain in domains)))


async def _check(domain: str, stored: EmailSettings, record: DnsRecord | None, ask: Ask) -> DomainCheck:
    if reserved(domain):
        return DomainCheck(domain, (RecordCheck(RecordKind.MX, RecordStanding.LOOK, domain, Why.RESERVED),))
    checks = [judge_dmarc(domain, ask)]
    if not stored.return_path_domain or domain == stored.return_path_domain:
        mechanism = "" if stored.sandbox else mechanism_of(stored.host.lower())
        checks += [judge_spf(domain, mechanism, ask), judge_mx(domain, ask)]
    if record is not None and domain == stored.dkim_domain:
        checks.append(judge_dkim(record, ask))
    order = list(RecordKind)
    return DomainCheck(domain, tuple(sorted(await asyncio.gather(*checks), key=lambda each: order.index(each.kind))))
