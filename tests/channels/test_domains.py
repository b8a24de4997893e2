"""What the DNS says of the domains that mail is from."""

from __future__ import annotations

from typing import Any

import pytest

from gonfalon.channels.email.dkim import DnsRecord
from gonfalon.channels.email.domains.actions import check_domains
from gonfalon.channels.email.domains.model import Ask
from gonfalon.channels.email.domains.rules import judge_dkim, judge_dmarc, judge_mx, judge_spf, mechanism_of
from tests.conftest import World


def dns(records: dict[str, list[str] | None]) -> Ask:
    """A DNS that knows these names only; None: it does not answer."""

    async def ask(name: str, kind: str) -> tuple[str, ...] | None:
        found = records.get(f"{kind} {name}", [])
        return None if found is None else tuple(found)

    return ask


GRID = "include:sendgrid.net"
SPF = [
    ([], "missing", "spf_missing", "v=spf1 include:sendgrid.net ~all"),
    (["google-site-verification=1"], "missing", "spf_missing", "v=spf1 include:sendgrid.net ~all"),
    (["v=spf1 include:SendGrid.net -all"], "good", "", ""),
    (["v=spf1 ip4:192.0.2.1 -all"], "wrong", "spf_lacks", "v=spf1 include:sendgrid.net ip4:192.0.2.1 -all"),
    (["v=spf1 a -all", "v=spf1 mx -all"], "wrong", "spf_several", ""),
    (["v=spf1 include:sendgrid.net +all"], "wrong", "spf_everybody", ""),
    (["v=spf1 include:sendgrid.net" + " exists:shop.org" * 10], "wrong", "spf_lookups", ""),
    (["v=spf1 include:sendgrid.net include:loop.shop.org -all"], "good", "", ""),
    (None, "unknown", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("said", "standing", "why", "wanted"), SPF)
async def test_spf(said: list[str] | None, standing: str, why: str, wanted: str) -> None:
    records = {"TXT shop.org": said, "TXT loop.shop.org": ["v=spf1 include:loop.shop.org include:shop.org -all"]}
    found = await judge_spf("shop.org", GRID, dns(records))
    assert (found.standing, found.why or "", found.wanted) == (standing, why, wanted)


def test_providers_say_what_to_include() -> None:
    hosts = ("email-smtp.eu-north-1.amazonaws.com", "smtp-relay.gmail.com", "mail.shop.org", "")
    assert [mechanism_of(host) for host in hosts] == [
        "include:amazonses.com", "include:_spf.google.com", "a:mail.shop.org", ""
    ]  # fmt: skip


OURS = DnsRecord("gonfalon._domainkey.shop.org", "v=DKIM1; k=rsa; p=AAAABBBB")


@pytest.mark.parametrize(
    ("said", "standing", "why"),
    [
        (["v=DKIM1; k=rsa; p=AAAA BBBB"], "good", ""), (["k=rsa;p=AAAABBBB;"], "good", ""),
        (["v=DKIM1; p="], "wrong", "dkim_other"), ([], "missing", "dkim_missing"), (None, "unknown", ""),
    ],
)  # fmt: skip
async def test_dkim(said: list[str] | None, standing: str, why: str) -> None:
    found = await judge_dkim(OURS, dns({f"TXT {OURS.name}": said}))
    assert (found.standing, found.why or "") == (standing, why)


@pytest.mark.parametrize(
    ("records", "standing", "why", "name"),
    [
        ({}, "missing", "dmarc_missing", "_dmarc.mail.shop.org"),
        ({"TXT _dmarc.shop.org": ["v=DMARC1; p=reject; np=reject; psd=n"]}, "good", "", "_dmarc.shop.org"),
        ({"TXT _dmarc.mail.shop.org": ["v=DMARC1;p=none"]}, "good", "dmarc_watching", "_dmarc.mail.shop.org"),
        ({"TXT _dmarc.mail.shop.org": ["v=DMARC1; p=maybe"]}, "wrong", "dmarc_policy", "_dmarc.mail.shop.org"),
        ({"TXT _dmarc.mail.shop.org": ["v=DMARC1"] * 2}, "wrong", "dmarc_several", "_dmarc.mail.shop.org"),
        ({"TXT _dmarc.mail.shop.org": None}, "unknown", "", "_dmarc.mail.shop.org"),
    ],
)  # fmt: skip
async def test_dmarc(records: dict[str, list[str] | None], standing: str, why: str, name: str) -> None:
    found = await judge_dmarc("mail.shop.org", dns(records))
    assert (found.standing, found.why or "", found.name) == (standing, why, name)


@pytest.mark.parametrize(("said", "standing"), [(["10 mx.shop.org."], "good"), (["0 ."], "missing"), ([], "missing")])
async def test_mx(said: list[str], standing: str) -> None:
    assert (await judge_mx("shop.org", dns({"MX shop.org": said}))).standing == standing


async def test_the_domains_of_a_workspace(world: World) -> None:
    sender: dict[str, Any] = {"from_name": "Shop", "from_address": "hello@müller.org"}
    assert (await world.http.post(f"{world.path}/senders", json=sender)).status_code == 201
    server = {"provider": "smtp", "host": "smtp.sendgrid.net", "return_path_domain": "back.shop.org"}
    assert (await world.http.put(f"{world.path}/email/settings", json=server)).status_code == 200
    found = await check_domains(world.ctx, dns({"MX back.shop.org": ["10 mx.shop.org."]}))
    assert {each.domain: [record.kind.value for record in each.records] for each in found} == {
        "back.shop.org": ["spf", "dmarc", "mx"],
        "xn--mller-kva.org": ["dmarc"],
    }


async def test_domains_that_are_nobodys_are_not_asked_for(world: World) -> None:
    sender = {"from_name": "Shop", "from_address": "hello@shop.example"}
    await world.http.post(f"{world.path}/senders", json=sender)
    (found,) = (await world.http.post(f"{world.path}/email/domains/check")).json()
    assert [record["why"] for record in found["records"]] == ["reserved"]
