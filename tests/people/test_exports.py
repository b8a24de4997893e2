"""The exports of other tools are understood without asking: who people are, what they allowed and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonfalon.people.imports.detect import WritingHabits, detect
from gonfalon.people.imports.model import Answer, Match

Told = dict[str, tuple[str, dict[str, Answer]]]
G, N, R, B, X = Answer.GRANTED, Answer.OPEN, Answer.REFUSED, Answer.BOUNCED, Answer.BLOCKED

TOOLS: dict[str, tuple[str, str, Told]] = {
    "Mailchimp": (
        "Email Address,First Name,Last Name,Phone Number,OPTIN_TIME,CONFIRM_TIME,LEID,TAGS",
        "{}@example.com,Ada,Lovelace,+4670174060{},2024-03-{}1 10:11:12,2024-03-{}1 10:12:00,12{},shop",
        {"Email Address": ("email", {}), "Phone Number": ("phone", {}), "OPTIN_TIME": ("consent_date", {}),
         "CONFIRM_TIME": ("consent_date", {}), "TAGS": ("tags", {})},
    ),
    "HubSpot": (
        "Record ID,First Name,Email,Phone Number,Marketing contact status,Unsubscribed from all email,Company name",
        "15{},Ada,{}@example.com,+4670174060{},Marketing contact,No,Analytical Engines",
        {"Record ID": ("external_id", {}), "Email": ("email", {}), "Company name": ("company", {}),
         "Marketing contact status": ("consent", {"Marketing contact": G}),
         "Unsubscribed from all email": ("consent", {"No": G})},
    ),
    "Salesforce": (
        "Id,FirstName,LastName,Email,Phone,HasOptedOutOfEmail,Account.Name,EmailBouncedDate",
        "003Ws00000AbCd{}IAX,Ada,Lovelace,{}@example.com,+4670174060{},true,Analytical Engines,",
        {"Id": ("external_id", {}), "Email": ("email", {}), "HasOptedOutOfEmail": ("consent", {"true": R}),
         "Account.Name": ("company", {}), "EmailBouncedDate": ("consent", {"*": B})},
    ),
    "Klaviyo": (
        "Email,Klaviyo ID,Phone Number,Email Marketing Consent,Email Marketing Consent Timestamp,Email Suppressions",
        "{}@example.com,01HABC{},+4670174060{},SUBSCRIBED,2024-03-{}1T10:11:12+00:00,[]",
        {"Email": ("email", {}), "Klaviyo ID": ("external_id", {}),
         "Email Marketing Consent": ("consent", {"SUBSCRIBED": G}),
         "Email Marketing Consent Timestamp": ("consent_date", {}), "Email Suppressions": ("consent", {"*": X})},
    ),
    "Brevo": (
        "CONTACT ID,EMAIL,FIRSTNAME,SMS,BLOCKLISTED,ADDED_TIME,DOUBLE_OPT-IN",
        "7{},{}@example.com,Ada,4670174060{},Yes,01-03-2024,Yes",
        {"CONTACT ID": ("external_id", {}), "EMAIL": ("email", {}), "SMS": ("phone", {}),
         "BLOCKLISTED": ("consent", {"Yes": X}), "DOUBLE_OPT-IN": ("consent", {"Yes": G})},
    ),
    "Mautic": (
        "id,email,firstname,company,mobile,points,doNotContact,tags",
        "12{},{}@example.com,Ada,Analytical Engines,+4670174060{},15,unsubscribed,shop",
        {"id": ("external_id", {}), "email": ("email", {}), "company": ("company", {}), "mobile": ("phone", {}),
         "doNotContact": ("consent", {"unsubscribed": R}), "tags": ("tags", {})},
    ),
    "listmonk": (
        "uuid,email,name,status,attributes,created_at",
        'b3c1a3a0-1111-4a4a-9c1c-12345678900{},{}@example.com,Ada,blocklisted,"{{""city"":""Lyon""}}",2024-03-01T10:11:12Z',
        {"uuid": ("external_id", {}), "email": ("email", {}), "status": ("consent", {"blocklisted": X}),
         "attributes": ("skip", {}), "city": ("new_attribute", {})},
    ),
    "Shopify": (
        "Customer ID,First Name,Email,Accepts Email Marketing,Default Address Company,Phone,Total Spent,Tags",
        "'651234567890{},Ada,{}@example.com,yes,Analytical Engines,+4670174060{},120.50,shop",
        {"Customer ID": ("external_id", {}), "Email": ("email", {}), "Accepts Email Marketing": ("consent", {"yes": G}),
         "Default Address Company": ("company", {}), "Phone": ("phone", {}), "Tags": ("tags", {})},
    ),
    "WooCommerce": (
        "customer_id,user_email,first_name,last_name,billing_phone,billing_company,user_registered",
        "5{},{}@example.com,Ada,Lovelace,+4670174060{},Analytical Engines,2024-03-01 10:11:12",
        {"customer_id": ("external_id", {}), "user_email": ("email", {}), "billing_phone": ("phone", {}),
         "billing_company": ("company", {})},
    ),
    "WordPress": (
        "ID,user_login,user_email,user_registered,display_name",
        "5{},ada{},{}@example.com,2024-03-01 10:11:12,Ada",
        {"ID": ("external_id", {}), "user_email": ("email", {})},
    ),
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
def test_an_export_is_understood_without_asking(tool: str, tmp_path: Path) -> None:
    head, row, told = TOOLS[tool]
    path = tmp_path / "export.csv"
    path.write_text("\n".join([head, *(row.format(*[n] * row.count("{}")) for n in range(1, 4))]) + "\n")
    found = detect(path, {}, WritingHabits("EUR", "en", "SE"))
    assert found.suggested is not None
    assert found.suggested.match is Match.EMAIL
    plans = {found.columns[each.column].name: each for each in found.suggested.columns}
    assert {name: plans[name].to.value for name in told} == {name: to for name, (to, _) in told.items()}
    answers = {name: {text: plans[name].answers[text] for text in said} for name, (_, said) in told.items()}
    assert answers == {name: said for name, (_, said) in told.items()}
