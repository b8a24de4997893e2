"""Whoever said no somewhere is never granted here: the exports of other tools, and headings in many words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from gonfalon.delivery.tables import suppressions
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.consent.store import proofs_of
from gonfalon.people.imports.model import Answer, DetectedColumn
from gonfalon.people.imports.permission import hint_of
from gonfalon.people.imports.recipe import SEVERITY, Answering
from gonfalon.people.imports.suggest import consent_plan as consent_plan_of
from gonfalon.people.tables import consents, people
from tests.conftest import World
from tests.people.files import consent_plan, csv_bytes, take_in, upload

G, N, R, B, X = Answer.GRANTED, Answer.OPEN, Answer.REFUSED, Answer.BOUNCED, Answer.BLOCKED

TOOLS: dict[str, tuple[str, dict[str, Answer]]] = {
    "Mailchimp, unsubscribed": ("UNSUB_TIME", {"2024-01-15 10:30:00": R, "": G}),
    "Mailchimp, cleaned": ("CLEAN_TIME", {"2024-01-15 10:30:00": B, "": G}),
    "Mailchimp": ("Email Marketing Status", {"Subscribed": G, "Unsubscribed": R, "Cleaned": B, "Non-Subscribed": N}),
    "HubSpot": ("Unsubscribed from all email", {"true": R, "": G, "false": G}),
    "HubSpot, reason": ("Email hard bounce reason", {"Unknown user": B, "Mailbox full": B, "": G}),
    "HubSpot, status": ("Marketing contact status", {"Marketing contact": G, "Non-marketing contact": N}),
    "HubSpot, legal basis": ("Opted out of email: Newsletter", {"true": R, "": G}),
    "Salesforce": ("HasOptedOutOfEmail", {"TRUE": R, "FALSE": G, "1": R, "0": G}),
    "Salesforce, report": ("Email Opt Out", {"1": R, "0": G, "": G}),
    "Salesforce, bounce": ("IsEmailBounced", {"true": B, "false": G}),
    "Salesforce, bounce date": ("EmailBouncedDate", {"2024-01-15": B, "": G}),
    "Salesforce Marketing Cloud": ("Status", {"Active": G, "Unsubscribed": R, "Held": B, "Bounced": B}),
    "Klaviyo": ("Email Marketing Consent", {"SUBSCRIBED": G, "NEVER_SUBSCRIBED": N, "UNSUBSCRIBED": R, "": N}),
    "Klaviyo, suppressions": ("Email Suppressions", {"[]": G, "['HARD_BOUNCE']": B, "['USER_SUPPRESSED']": X}),
    "Klaviyo, consent": ("$consent", {"['email']": G, "[]": N}),
    "Brevo": ("OPT_IN", {"1": G, "0": R, "": N}),
    "Brevo, blocklist": ("EMAIL_BLACKLISTED", {"true": X, "false": G}),
    "Brevo, double": ("DOUBLE_OPT-IN", {"1": G, "2": N}),
    "Mautic": ("Do not contact", {"unsubscribed": R, "bounced": B, "": G, "0": G, "manual": R}),
    "listmonk": ("status", {"enabled": G, "disabled": R, "blocklisted": X}),
    "listmonk, subscription": ("subscription_status", {"confirmed": G, "unconfirmed": N, "unsubscribed": R}),
    "Shopify": ("Accepts Email Marketing", {"yes": G, "no": R}),
    "Shopify, API": (
        "email_marketing_consent.state", {"subscribed": G, "not_subscribed": N, "unsubscribed": R, "invalid": B},
    ),
    "WooCommerce, MailPoet": (
        "Global Status", {"Subscribed": G, "Unconfirmed": N, "Unsubscribed": R, "Bounced": B, "Inactive": N},
    ),
    "WordPress, The Newsletter Plugin": ("Status", {"C": G, "S": N, "U": R, "B": B, "P": X}),
    "ActiveCampaign": ("Status", {"Active": G, "Unsubscribed": R, "Bounced": B, "Unconfirmed": N}),
    "MailerLite": ("Subscriber status", {"active": G, "unsubscribed": R, "bounced": B, "junk": X, "unconfirmed": N}),
    "Constant Contact": ("Email permission status", {"Express": G, "Implied": N, "Pending": N, "Opted out": R}),
    "Campaign Monitor": ("State", {"Active": G, "Unsubscribed": R, "Bounced": B, "Deleted": N}),
    "Ghost": ("subscribed_to_emails", {"true": G, "false": R}),
    "Kit": ("state", {"active": G, "cancelled": R, "bounced": B, "complained": X, "inactive": N}),
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
def test_statuses_of_other_tools_mean_what_they_mean_there(tool: str) -> None:
    name, cells = TOOLS[tool]
    hint = hint_of(name, dict.fromkeys(cells, 1))
    assert hint is not None
    found = {each.text: each.answer for each in hint.meanings}
    assert {cell: found.get(cell.strip("[]'") and cell, found.get("")) for cell in cells} == cells


@pytest.mark.parametrize(
    ("name", "cells", "answers"),
    [
        ("Optin", ("no", "no"), (R, R)),
        ("Consent", ("false", "true"), (R, G)),
        ("GDPR", ("0", "1"), (R, G)),
        ("Newsletter", ("nej", "ja"), (R, G)),
        ("Abonné à la newsletter", ("non", "oui"), (R, G)),
        ("Consentement RGPD", ("Non", ""), (R, N)),
        ("Samtycke", ("nej", "ja"), (R, G)),
        ("Einwilligung", ("nein", "ja"), (R, G)),
        ("同意接收邮件", ("否", "是"), (R, G)),
        ("Do not email", ("yes", "no"), (R, G)),
        ("DNC", ("Y", ""), (R, G)),
        ("Ne pas contacter", ("oui", "non"), (R, G)),
        ("Ej utskick", ("ja", "nej"), (R, G)),
        ("Keine Werbung", ("ja", "nein"), (R, G)),
        ("不接收营销邮件", ("是", "否"), (R, G)),
        ("Désinscrit le", ("2024-05-01", ""), (R, G)),
        ("Abgemeldet am", ("01.05.2024", ""), (R, G)),
        ("Avregistrerad", ("1", "0"), (R, G)),
        ("Consent", ("asked twice, no answer", "yes"), (N, G)),
        ("Whatever", ("unsubscribed", "gold"), (R, N)),
        ("Newsletter", ("no", "perhaps"), (R, N)),
        ("Nyhetsbrev", ("nej", "ibland"), (R, N)),
        ("Kundenstatus", ("abgemeldet", "angemeldet"), (R, G)),
        ("Notes on mail", ("Opted out by phone", "opted out"), (R, R)),
        ("Bounces", ("3", "0"), (B, G)),
        ("Spam complaints", ("1", ""), (X, G)),
    ],
)
def test_permission_is_heard_in_other_words(name: str, cells: tuple[str, str], answers: tuple[Answer, Answer]) -> None:
    hint = hint_of(name, dict.fromkeys(cells, 1))
    assert hint is not None
    found = {each.text: each.answer for each in hint.meanings}
    assert tuple(found[cell] for cell in cells) == answers


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("New customer", ("yes", "no")),
        ("Status", ("active", "inactive")),
        ("Order status", ("shipped", "pending")),
        ("Newsletter", ("weekly", "monthly")),
        ("City", ("Bounce", "Stop")),
        ("Marketing spend", ("12", "0")),
        ("Subscriptions", ("3", "0")),
        ("Consent to track", ("yes", "no")),
        ("Plan", ("none", "pro")),
        ("Last bounced campaign", ("Spring", "Summer")),
        ("Country", ("NO", "SE")),
        ("Email opened", ("yes", "no")),
        ("Preferred channel", ("email", "sms")),
        ("Offers redeemed", ("0", "1")),
        ("Membership status", ("active", "cancelled")),
        ("Subscription plan", ("none", "pro")),
        ("Estado", ("Baja California", "Jalisco")),
        ("Abteilung", ("Marketing", "Vertrieb")),
        ("会社", ("同意商事", "無印")),
        ("Comment", ("please call", "ok")),
    ],
)
def test_other_columns_are_left_alone(name: str, cells: tuple[str, str]) -> None:
    assert hint_of(name, dict.fromkeys(cells, 5)) is None


SIGNS = {"+": G, "?": N, "-": R, "b": B, "x": X}
SAID = (Path(__file__).parent / "said.txt").read_text().splitlines()
"""Headings of other tools and languages with cells below them, each behind what it says."""


@pytest.mark.parametrize("line", SAID)
def test_what_is_said_is_heard(line: str) -> None:
    name, *cells = line.split(" | ")
    said = {cell[1:]: SIGNS[cell[0]] for cell in cells}
    hint = hint_of(name, dict.fromkeys(said, 2))
    assert hint is not None
    found = {each.text: each.answer for each in hint.meanings}
    assert {cell: found.get(cell, found.get("")) for cell in said} == said


def test_a_remark_says_no_and_nothing_else() -> None:
    remarks = (
        {f"Met at fair {n}": 1 for n in range(50)} | {"": 100} | {f"asked to unsubscribe {n}": 1 for n in range(50)}
    )
    hint = hint_of("Notes", remarks)
    assert hint is not None
    column = DetectedColumn(index=0, name="Notes", samples=[], type=AttributeType.TEXT, consent=hint)
    answering = Answering(consent_plan_of(column))
    strict = {cell for cell in remarks if answering[cell] == SEVERITY.index(R)}
    assert strict == {cell for cell in remarks if "unsubscribe" in cell}
    assert answering[""] == answering["Met at fair 49"] == SEVERITY.index(G)


async def standing(world: World, channel: str = "email") -> dict[str, str]:
    """What people said on a channel, by address."""
    async with world.ctx.reading() as connection:
        rows = await connection.execute(
            select(people.c.email, consents.c.state)
            .join(consents, consents.c.person_id == people.c.id)
            .where(people.c.workspace_id == world.workspace.id, consents.c.channel == channel)
            .distinct()
        )
        return {row.email: row.state for row in rows}


async def silenced(world: World) -> dict[str, str]:
    """Suppressed addresses and why."""
    async with world.ctx.reading() as connection:
        rows = await connection.execute(
            select(suppressions.c.address, suppressions.c.reason).where(
                suppressions.c.workspace_id == world.workspace.id
            )
        )
        return {row.address: row.reason for row in rows}


async def test_everybody_agreed_grants_nobody_whom_the_file_says_no_of(world: World) -> None:
    rows = [
        ["in@example.com", "Marketing contact", "", "", "yes"],
        ["out@example.com", "Marketing contact", "true", "", "yes"],
        ["bounced@example.com", "Marketing contact", "", "Unknown user", "yes"],
        ["other@example.com", "Non-marketing contact", "", "", "yes"],
        ["sms@example.com", "Marketing contact", "", "", "no"],
    ]
    head = [
        "Email",
        "Marketing contact status",
        "Unsubscribed from all email",
        "Email hard bounce reason",
        "SMS opt-in",
    ]
    result = await take_in(world, csv_bytes(head, rows), consent=await consent_plan(world))
    assert await standing(world) == {
        "in@example.com": "granted", "out@example.com": "withdrawn", "sms@example.com": "granted",
    }  # fmt: skip
    assert await standing(world, "sms") == {"sms@example.com": "withdrawn"}
    assert await silenced(world) == {"bounced@example.com": "hard_bounce"}
    assert (result["consents"], result["suppressed"], result["left_open"]) == (2, 1, 2)


@pytest.mark.parametrize(
    "word", ["no", "non", "nej", "nein", "否", "false", "0", "unsubscribed", "opted out", "cleaned", "blocklisted"]
)
async def test_a_column_of_one_single_no_grants_nobody(world: World, word: str) -> None:
    rows = [[f"p{n}@example.com", word] for n in range(3)]
    await take_in(world, csv_bytes(["Email", "Accepts Email Marketing"], rows), consent=await consent_plan(world))
    assert "granted" not in (await standing(world)).values()


async def test_blocked_people_are_suppressed_and_refused(world: World) -> None:
    rows = [["in@example.com", "enabled"], ["out@example.com", "blocklisted"]]
    await take_in(world, csv_bytes(["email", "status"], rows), consent=await consent_plan(world))
    assert await standing(world) == {"in@example.com": "granted", "out@example.com": "withdrawn"}
    assert await silenced(world) == {"out@example.com": "manual"}


async def test_of_rows_that_differ_the_stricter_counts_even_if_it_is_rejected(world: World) -> None:
    rows = [
        "a@example.com,yes,1", "a@example.com,no,2", "a@example.com,yes,3",
        "b@example.com,no,1,too,many", "b@example.com,yes,2",
        "c@example.com,unsubscribed,1", "C@Example.com,yes,2",
    ]  # fmt: skip
    content = ("email,newsletter,visits\n" + "\n".join(rows)).encode()
    result = await take_in(world, content, consent=await consent_plan(world))
    assert result["duplicates"] == 3
    assert await standing(world) == {
        "a@example.com": "withdrawn", "b@example.com": "granted", "c@example.com": "withdrawn",
    }  # fmt: skip


async def test_the_statement_asks_about_columns_that_speak_of_permission(world: World) -> None:
    content = csv_bytes(["email", "Unsubscribed"], [["a@example.com", "yes"], ["b@example.com", ""]])
    uploaded = await upload(world, content)
    path = f"{world.path}/imports/{uploaded['id']}/start"
    plan: dict[str, Any] = uploaded["detected"]["suggested"] | {"consent": await consent_plan(world)}
    for column in ({"column": 1, "to": "skip"}, {"column": 1, "to": "new_attribute", "label": "Unsubscribed"}):
        refused = await world.http.post(path, json=plan | {"columns": [plan["columns"][0], column]})
        assert (refused.status_code, refused.json()["code"]) == (422, "import_consent_undecided"), refused.text
        assert "1 × “yes”" in refused.json()["detail"]
    refused = await world.http.post(path, json=plan | {"columns": plan["columns"][:1]})
    assert refused.json()["code"] == "import_consent_undecided"
    decided = {"column": 1, "to": "skip", "no_consent": True}
    begun = await world.http.post(path, json=plan | {"columns": [plan["columns"][0], decided]})
    assert begun.status_code == 202, begun.text


async def test_without_a_statement_only_refusals_are_kept(world: World) -> None:
    content = csv_bytes(["email", "newsletter"], [["a@example.com", "yes"], ["b@example.com", "no"]])
    result = await take_in(world, content, refusals_only=True)
    topics = (await world.http.get(f"{world.path}/topics")).json()
    assert (result["consents"], result["refusals"]) == (0, len(topics))
    assert await standing(world) == {"b@example.com": "withdrawn"}


async def test_a_word_the_sample_did_not_hold_is_never_a_yes(world: World) -> None:
    """The plan of one file, used by a program on the next one."""
    uploaded = await upload(world, csv_bytes(["email", "consent"], [["a@example.com", "yes"]]))
    plan = uploaded["detected"]["suggested"]["columns"]
    content = csv_bytes(["email", "consent"], [["b@example.com", "perhaps"], ["c@example.com", "YES"]])
    result = await take_in(world, content, columns=plan, consent=await consent_plan(world))
    assert (await standing(world), result["left_open"]) == ({"c@example.com": "granted"}, 1)


async def test_the_days_of_an_export_are_when_people_agreed(world: World) -> None:
    rows = [
        ["ida@example.com", "2024-01-15 10:30:00", "2024-01-15 10:31:02"],
        ["omar@example.com", "", "2023-11-02 09:15:00"],
        ["lea@example.com", "", ""],
    ]
    given = await consent_plan(world)
    content = csv_bytes(["Email Address", "OPTIN_TIME", "CONFIRM_TIME"], rows)
    await take_in(world, content, consent=given)
    async with world.ctx.reading() as connection:
        found = await connection.execute(
            select(people.c.email, people.c.id).where(people.c.workspace_id == world.workspace.id)
        )
        at = {}
        for row in found.all():
            (proof,) = await proofs_of(connection, world.workspace.id, row.id)
            at[row.email] = f"{proof.at:%Y-%m-%d %H:%M}"
    assert at == {
        "ida@example.com": "2024-01-15 09:31",
        "omar@example.com": "2023-11-02 08:15",
        "lea@example.com": "2025-03-01 12:00",
    }
