"""The launch check's questions about what is sent. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from gonfalon.channels.questions import Answer, Fix, Level, Place, answer
from gonfalon.planning.launch.model import LaunchFacts, TemplateFacts, Without


def about_content(facts: LaunchFacts) -> list[Answer]:
    """Answer what is asked of every channel's content: its template, links and personal values."""
    chosen = facts.template
    if chosen is None:
        here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
        return [answer("template.missing", Level.BLOCKING, "Choose what is to be sent.", here)]
    there = Fix(Place.TEMPLATE, chosen.id)
    if chosen.archived:
        here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
        return [answer("template.archived", Level.BLOCKING, f"“{chosen.name}” is archived; choose another.", here)]
    if chosen.errors:
        return [
            answer(
                "template.errors",
                Level.BLOCKING,
                f"“{chosen.name}” cannot be sent: {chosen.errors[0]}",
                there,
                errors=list(chosen.errors),
            )
        ]
    answers = [answer("template.ready", Level.OK, f"“{chosen.name}” compiles without errors.", there)]
    if chosen.warnings:
        answers = [
            answer(
                "template.warnings", Level.LOOK, " ".join(chosen.warnings[:3]), there, warnings=list(chosen.warnings)
            )
        ]
    answers.append(_links(chosen.links, there))
    answers.append(_personalisation(chosen, there))
    return answers


def _personalisation(chosen: TemplateFacts, there: Fix) -> Answer:
    """Return what people read who lack a value: nothing, the template's default, or what it has for them."""
    gaps = {gap.field: gap.people for gap in chosen.gaps if gap.people and gap.kind is Without.NOTHING}
    if gaps:
        listed = ", ".join(f"{count:,} without {name}" for name, count in gaps.items())
        sentence = f"It uses values that some people don't have: {listed}. Give the field a default."
        return answer("personalisation.gaps", Level.LOOK, sentence, there, gaps=gaps)
    instead = [gap for gap in chosen.gaps if gap.people]
    if not instead:
        return answer("personalisation.complete", Level.OK, "Everybody has every value it uses.", there)
    listed = "; ".join(
        f"{gap.people:,} will read “{gap.fallback}” in place of {gap.field}"
        if gap.kind is Without.DEFAULT
        else f"{gap.people:,} get what it has for those without {gap.field}"
        for gap in instead
    )
    return answer(
        "personalisation.defaults",
        Level.LOOK if any(gap.everybody for gap in instead) else Level.OK,
        listed[0].upper() + listed[1:] + ".",
        there,
        instead=[{"field": gap.field, "people": gap.people, "fallback": gap.fallback} for gap in instead],
    )


def _links(links: tuple[str, ...], there: Fix) -> Answer:
    fixed = [link for link in links if "{{" not in link and "{%" not in link]
    bad = [link for link in fixed if not _sound(link)]
    if bad:
        return answer(
            "links.bad",
            Level.BLOCKING,
            f"A link leads nowhere: “{bad[0][:200]}”. Links begin with https:// and name a host.",
            there,
            links=bad[:20],
        )
    if not links:
        return answer("links.none", Level.LOOK, "It has no link, so no click can be counted.", there)
    noun = "link is" if len(links) == 1 else "links are"
    return answer("links.fine", Level.OK, f"{len(links)} {noun} well formed and will be counted.", there, n=len(links))


def _sound(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if parts.scheme in ("mailto", "tel"):
        return bool(parts.path)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in link
