"""What other tools would fill in, and what a starter left, is said with its line before it is sent."""

from __future__ import annotations

import pytest

from gonfalon.content.render import Source, Style, TemplateError, TemplateProblem, compile_email
from gonfalon.content.templates.rules import leftovers, unknown_fields
from gonfalon.content.templates.starters import starter_addresses, starters
from gonfalon.kit.words import LANGUAGES
from tests.content.test_email import mjml


def found(source: Source, code: str) -> list[TemplateProblem]:
    return [problem for problem in compile_email(source).problems if problem.code == code]


@pytest.mark.parametrize(
    ("tag", "tool"),
    [
        ("*|FNAME|*", "Mailchimp"),
        ("*|MC:SUBJECT|*", "Mailchimp"),
        ("%%First Name%%", "Salesforce"),
        ("%%=v(@name)=%%", "Salesforce"),
        ("%FIRSTNAME%", "ActiveCampaign"),
        ("%recipient.first%", "Mailgun"),
        ("{contactfield=firstname}", "Mautic"),
        ("{unsubscribe_url}", "Mautic"),
        ("{$name}", "MailerLite"),
        ("[%first_name%]", "SendGrid"),
        ('[[var:name:"you"]]', "Mailjet"),
        ("[[firstname]]", "GetResponse"),
        ("[firstname,fallback=friend]", "Campaign Monitor"),
        ("{{ contact.firstname }}", "HubSpot, Brevo"),
        ("{{ params.NAME }}", "Brevo"),
        ("{{ subscriber.first_name }}", "Drip"),
        ("{{ customer.first_name }}", "Customer.io"),
        ("{{ organization.name }}", "Klaviyo"),
        ("%FIRSTNAME|TITLECASE%", "ActiveCampaign"),
        ("%recipient_email%", "Mailgun"),
        ("{!Contact.FirstName}", "Salesforce"),
        ("<%asm_group_unsubscribe_raw_url%>", "SendGrid"),
        ("<%= recipient.firstName %>", "Adobe Campaign"),
        ("[subscriber:firstname | default:reader]", "MailPoet"),
        ("[city,fallback=town]", "Campaign Monitor"),
        ("https://a.example/@TrackLink", "listmonk"),
        ('{dynamiccontent="x"}', "Mautic"),
        ("{% if contact.city == 'x' %}", "HubSpot, Brevo"),
        ("{% for row in event.items %}", "Klaviyo"),
        ("{% assign name = customer.name | upcase %}", "Customer.io"),
    ],
)
@pytest.mark.parametrize("part", ["body", "subject"])
def test_other_tools_tags_are_said_with_their_line(tag: str, tool: str, part: str) -> None:
    close = {"{% i": "{% endif %}", "{% f": "{% endfor %}"}.get(tag[:4], "")
    again = tag + close
    source = (
        Source("s", mjml(f"\n<mj-text>\nHi {again} and {again}</mj-text>"))
        if part == "body"
        else Source(f"Hi {again}", "x")
    )
    (problem,) = found(source, "foreign_tag")
    assert (problem.level, problem.part, problem.line) == ("warning", part, 3 if part == "body" else 1)
    assert str(problem.values["tool"]).startswith(tool)
    assert problem.values["tag"] == tag or tag.endswith("@TrackLink")


@pytest.mark.parametrize(
    "tag",
    ["{first_name}", "{FIRSTNAME}", "[FNAME]", "[Unsubscribe]", "$first name$", "$[FNAME]$", "#firstname#", "##email##",
     "@@name@@", "-name-", "${first_name}", "%firstname%", "&lt;&lt;First Name&gt;&gt;",
     "{prénom}", "[Förnamn]", "{姓名}"],
)  # fmt: skip
def test_a_field_in_any_tools_brackets_is_said(tag: str) -> None:
    (problem,) = found(Source("s", f"<p>\nHi {tag},</p>"), "foreign_tag")
    assert (problem.line, problem.reason, problem.values) == (2, "foreign_any", {"tag": tag})


@pytest.mark.parametrize(
    ("tag", "tool"),
    [
        ("{{ .Subscriber.Name }}", "listmonk"),
        ("{{{ name }}}", "SendGrid or Mandrill"),
        ("{{ ${first_name} }}", "Braze"),
        ("{{var:name}}", "Mailjet"),
        ("{{ personalization_token('contact.firstname', 'there') }}", "HubSpot"),
        ("{{lead.First Name:default=you}}", "Marketo"),
        ("{% unsubscribe 'Leave' %}", "Klaviyo"),
        ("{{ person|lookup:'Name' }}", "Klaviyo"),
        ("{% current_timestamp %}", "Klaviyo"),
        ("{{#if first_name}}", "SendGrid or Mandrill"),
        ("{{/if}}", "SendGrid or Mandrill"),
        ("{{else}}", "SendGrid or Mandrill"),
        ("{{> footer}}", "SendGrid or Mandrill"),
        ("{{ custom_attribute.${city} }}", "Braze"),
        ("{% connected_content https://a.example %}", "Braze"),
    ],
)
def test_what_liquid_cannot_read_names_the_tool(tag: str, tool: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_email(Source("s", f"<p>\n{tag}</p>"))
    assert (caught.value.line, caught.value.reason, caught.value.values["tool"]) == (2, "foreign_value", tool)


@pytest.mark.parametrize(
    "text",
    [
        "100% OFF and 50% MORE%",
        "<style>a{width:100%;b:50%}</style>",
        "https://a.example/%C3%A4%E2%82%AC%20x",
        "a * b | c * d [1] [note] f(x) = {x}",
        "« Nom » - City - 5 #1 a@name.example e-mail -x- {a} [x] <b>name</b> #name",
        "{% for company in person.companies %}{{ company.name }}{% endfor %}{% assign event = 1 %}{{ event }}",
        "{{ person.first_name }} {% if person.city %}x{% endif %} {{ workspace.name }}",
    ],
)
def test_what_is_ordinary_is_left_alone(text: str) -> None:
    assert found(Source("s", f"<p>{text}</p>"), "foreign_tag") == []


def test_a_value_of_another_tool_is_said_once() -> None:
    uses = compile_email(Source("s", "<p>{{ contact.firstname }} {{ person.frist_name }} {{ first_name }}</p>")).uses
    assert [problem.values["field"] for problem in unknown_fields(uses, ["first_name"])] == [
        "person.frist_name",
        "first_name",
    ]


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("https://a.example/?e={{ person.email }}", "person.email"),
        ("https://a.example/?a=1&n={{ person.first_name | default: 'x' }}&b=2", "person.first_name | default: 'x'"),
        ("https://a.example/?e={{ person.email | url_encode }}", ""),
        ("https://a.example/{{ person.slug }}?a=1", ""),
        ("{{ person.url }}", ""),
        ("https://a.example/?{% if person.vip %}vip=1{% endif %}", ""),
    ],
)
def test_values_in_queries_are_escaped_or_said(address: str, value: str) -> None:
    problems = found(Source("s", mjml(f'\n<mj-text>\n<a href="{address}">x</a></mj-text>')), "link_unescaped")
    assert [problem.values["value"] for problem in problems] == ([value] if value else [])
    assert all(problem.line == 3 for problem in problems)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_starter_left_is_said(language: str) -> None:
    for starter in starters(language):
        compiled = compile_email(starter.source, Style(language))
        problems = leftovers(starter.source, compiled.links, starter_addresses())
        reasons = [problem.reason for problem in problems]
        assert reasons == ["placeholder_address", *(["placeholder_link"] if compiled.links else [])]
        assert all(problem.line and problem.line > 10 for problem in problems)
    own = Source("s", mjml('<mj-text><a href="https://shop.example/">x</a> Kim AB, 5 Real Street</mj-text>'))
    assert leftovers(own, compile_email(own).links, starter_addresses()) == []
