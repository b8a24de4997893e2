"""Judge a domain's records. Pure, but for the asking that SPF's includes take."""

from __future__ import annotations

import re

from gonfalon.channels.email.dkim import DnsRecord
from gonfalon.channels.email.domains.model import Ask, RecordCheck, RecordKind, RecordStanding, Why

MOST_LOOKUPS = 10
"""RFC 7208 §4.6.4: a record that needs more is worth nothing."""
_PROVIDERS = {
    "amazonaws.com": "amazonses.com",
    "brevo.com": "spf.brevo.com",
    "gmail.com": "_spf.google.com",
    "google.com": "_spf.google.com",
    "mailersend.net": "_spf.mailersend.net",
    "mailgun.org": "mailgun.org",
    "mailjet.com": "spf.mailjet.com",
    "office365.com": "spf.protection.outlook.com",
    "outlook.com": "spf.protection.outlook.com",
    "postmarkapp.com": "spf.mtasv.net",
    "sendgrid.net": "sendgrid.net",
    "sparkpostmail.com": "sparkpostmail.com",
    "zoho.com": "zohomail.com",
}
"""What providers ask to be included, by the end of the host that mail is handed to."""
_RESERVED = ("example", "invalid", "localhost", "test", "example.com", "example.net", "example.org")
_COSTLY = re.compile(r"^[+?~-]?(?:include:|redirect=|exists:|a(?![a-z])|mx(?![a-z])|ptr(?![a-z]))", re.IGNORECASE)


def reserved(domain: str) -> bool:
    """Return whether a domain is nobody's (RFC 2606): there is nothing to ask."""
    return any(domain == name or domain.endswith("." + name) for name in _RESERVED)


def mechanism_of(host: str) -> str:
    """Return what an SPF record has to say so that the mail server that takes our mail may send it on; "" for our
    sandbox."""
    included = next((value for end, value in _PROVIDERS.items() if host == end or host.endswith("." + end)), None)
    if included is not None:
        return f"include:{included}"
    return f"a:{host}" if host else ""


async def judge_spf(domain: str, mechanism: str, ask: Ask) -> RecordCheck:
    """Return whether the domain's SPF record is one, lets our server send and stays within its look-ups."""
    texts = await ask(domain, "TXT")
    if texts is None:
        return RecordCheck(RecordKind.SPF, RecordStanding.UNKNOWN, domain)
    found = tuple(text for text in texts if re.match(r"v=spf1(\s|$)", text, re.IGNORECASE))
    if not found:
        wanted = f"v=spf1 {mechanism} ~all" if mechanism else ""
        return RecordCheck(RecordKind.SPF, RecordStanding.MISSING, domain, Why.SPF_MISSING, (), wanted)
    terms = [term.lower().removeprefix("+") for term in found[0].split()[1:]]
    lacks = mechanism.startswith("include:") and mechanism not in terms
    faults = (
        (len(found) > 1, Why.SPF_SEVERAL),
        ("all" in terms, Why.SPF_EVERYBODY),
        (lacks, Why.SPF_LACKS),
        (await _lookups(found[0], ask, {domain}) > MOST_LOOKUPS, Why.SPF_LOOKUPS),
    )
    if why := next((code for applies, code in faults if applies), None):
        wanted = " ".join(("v=spf1", mechanism, *found[0].split()[1:])) if why is Why.SPF_LACKS else ""
        return RecordCheck(RecordKind.SPF, RecordStanding.WRONG, domain, why, found, wanted)
    if mechanism.startswith("a:"):
        # Which addresses a server of one's own sends from, nobody tells us.
        return RecordCheck(RecordKind.SPF, RecordStanding.LOOK, domain, Why.SPF_OWN, found)
    return RecordCheck(RecordKind.SPF, RecordStanding.GOOD, domain, None, found)


async def _lookups(record: str, ask: Ask, seen: set[str]) -> int:
    """How many look-ups a record takes, those of what it includes too; stops soon after there are too many."""
    count = 0
    for term in record.split()[1:]:
        if not _COSTLY.match(term):
            continue
        count += 1
        inner = re.sub(r"^[+?~-]?(?:include:|redirect=)", "", term, flags=re.IGNORECASE).lower()
        if inner == term.lower() or inner in seen or count > MOST_LOOKUPS:
            continue
        seen.add(inner)
        texts = await ask(inner, "TXT") or ()
        count += sum([await _lookups(text, ask, seen) for text in texts if text.lower().startswith("v=spf1")][:1])
    return count


async def judge_dkim(record: DnsRecord, ask: Ask) -> RecordCheck:
    """Return whether the key that mails are signed with is published."""
    texts = await ask(record.name, "TXT")
    if texts is None:
        return RecordCheck(RecordKind.DKIM, RecordStanding.UNKNOWN, record.name)
    if not texts:
        return RecordCheck(RecordKind.DKIM, RecordStanding.MISSING, record.name, Why.DKIM_MISSING, (), record.value)
    if any(_tag(text, "p") == _tag(record.value, "p") for text in texts):
        return RecordCheck(RecordKind.DKIM, RecordStanding.GOOD, record.name, None, texts)
    return RecordCheck(RecordKind.DKIM, RecordStanding.WRONG, record.name, Why.DKIM_OTHER, texts, record.value)


async def judge_dmarc(domain: str, ask: Ask) -> RecordCheck:
    """Return whether the domain, or one above it, says what to do with mail that nothing proves (RFC 9989: a walk
    up)."""
    labels = domain.split(".")
    for start in range(max(0, len(labels) - 8), len(labels) - 1):
        name = "_dmarc." + ".".join(labels[start:])
        texts = await ask(name, "TXT")
        if texts is None:
            return RecordCheck(RecordKind.DMARC, RecordStanding.UNKNOWN, name)
        found = tuple(text for text in texts if re.match(r"v\s*=\s*DMARC1\s*(;|$)", text))
        if len(found) > 1:
            return RecordCheck(RecordKind.DMARC, RecordStanding.WRONG, name, Why.DMARC_SEVERAL, found)
        if found and _tag(found[0], "p") == "none":
            return RecordCheck(RecordKind.DMARC, RecordStanding.GOOD, name, Why.DMARC_WATCHING, found)
        if found:
            known = _tag(found[0], "p") in ("quarantine", "reject")
            standing = RecordStanding.GOOD if known else RecordStanding.WRONG
            return RecordCheck(RecordKind.DMARC, standing, name, None if known else Why.DMARC_POLICY, found)
    return RecordCheck(
        RecordKind.DMARC, RecordStanding.MISSING, f"_dmarc.{domain}", Why.DMARC_MISSING, (), "v=DMARC1; p=none"
    )


async def judge_mx(domain: str, ask: Ask) -> RecordCheck:
    """Return whether mail to the domain arrives anywhere: without, what comes back is lost."""
    hosts = await ask(domain, "MX")
    if hosts is None:
        return RecordCheck(RecordKind.MX, RecordStanding.UNKNOWN, domain)
    if not [host for host in hosts if host.split()[-1] != "."]:
        return RecordCheck(RecordKind.MX, RecordStanding.MISSING, domain, Why.MX_MISSING, hosts)
    return RecordCheck(RecordKind.MX, RecordStanding.GOOD, domain, None, hosts)


def _tag(record: str, name: str) -> str:
    """A tag's value in a record of tags (“p=none”), without blanks; "" when it has none."""
    for part in record.split(";"):
        key, equals, value = part.partition("=")
        if equals and key.strip().lower() == name:
            return re.sub(r"\s", "", value)
    return ""
