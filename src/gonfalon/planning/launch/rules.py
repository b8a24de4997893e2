"""The questions of the launch check. Pure: facts in, answers out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from gonfalon.planning.launch.model import Answer, Check, Fix, LaunchFacts, Level, Place, Reach

CLIPPED_AT = 102_400
"""Bytes of HTML above which Gmail cuts a message short and hides the rest, the unsubscribe link included."""
NIGHT = (21, 8)
"""Hours of the workspace's zone between which people mind being written to."""
LONG_AGO = timedelta(minutes=5)
ELSEWHERE = "Gonfalon sends emails only: carry this out where it belongs, and mark it as done with its day and numbers."

REASONS = {
    "no_consent": "have not agreed to this topic",
    "unsubscribed": "have unsubscribed",
    "no_address": "have no email address",
    "suppressed": "are on the suppression list",
    "erased": "were erased",
    "over_limit": "are at their limit of messages",
    "holdout": "are held out to compare with",
}


def check(facts: LaunchFacts) -> Check:
    """Every question with its answer, in the order in which one would put them right."""
    answers = (
        *_state(facts),
        *(_sent_here(facts) if facts.channel.sent_here else _elsewhere(facts)),
        *_plan(facts),
        *_repeated(facts),
        *_approval(facts),
    )
    reach = facts.audience.reach if facts.audience else None
    template = facts.template.version if facts.template else None
    sentence = summary(reach, facts.holdout_percent) if facts.channel.sent_here else ELSEWHERE
    return Check(facts.version, template, answers, reach, sentence)


def _sent_here(facts: LaunchFacts) -> tuple[Answer, ...]:
    return (*_audience(facts), *_template(facts), *_sender(facts), *_topic(facts), *_time(facts))


def _elsewhere(facts: LaunchFacts) -> tuple[Answer, ...]:
    here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
    channel = _answer("channel.elsewhere", Level.OK, ELSEWHERE, here, channel=facts.channel.value)
    chosen = facts.audience
    if chosen is None and not facts.channel.addressed:
        return (channel,)
    if chosen is None:
        return (channel, _answer("audience.open", Level.LOOK, "Nobody is chosen yet who is to get it.", here))
    if chosen.archived or chosen.broken or chosen.reach is None:
        return (channel, *(replace(answer, level=Level.LOOK) for answer in _audience(facts)))
    people = chosen.reach.audience
    sentence = f"It is meant for the {people:,} people in “{chosen.name}”."
    return (channel, _answer("audience.meant", Level.OK, sentence, Fix(Place.AUDIENCE, chosen.id), audience=people))


def summary(reach: Reach | None, holdout_percent: int) -> str:
    """“3,102 of 3,400 people will get it; 250 have not agreed to this topic, 48 have no email address.”"""
    if reach is None:
        return "Nobody will get it yet: choose an audience."
    held = held_out(reach.reachable, holdout_percent)
    withheld = {reason: count for reason, count in reach.withheld.items() if count}
    if held:
        withheld["holdout"] = held
    others = ", ".join(f"{count:,} {REASONS.get(reason, reason)}" for reason, count in withheld.items())
    about = "about " if held else ""
    begin = f"{about}{reach.reachable - held:,} of {reach.audience:,} people will get it"
    begin = begin[0].upper() + begin[1:]
    return f"{begin}; {others}." if others else f"{begin}."


def held_out(reachable: int, holdout_percent: int) -> int:
    """About how many of the reachable people are held out."""
    return round(reachable * holdout_percent / 100)


def _answer(code: str, level: Level, sentence: str, fix: Fix | None = None, **values: Any) -> Answer:
    return Answer(code, level, sentence, values, fix)


def _state(facts: LaunchFacts) -> list[Answer]:
    if facts.launched:
        return [_answer("state.launched", Level.BLOCKING, "This touchpoint has been launched already.")]
    if facts.campaign_state in ("ended", "archived"):
        fix = Fix(Place.CAMPAIGN, facts.campaign_id)
        return [
            _answer(
                "state.campaign_over",
                Level.BLOCKING,
                f"The campaign is {facts.campaign_state}; reopen it before launching something of it.",
                fix,
                state=facts.campaign_state,
            )
        ]
    return []


def _audience(facts: LaunchFacts) -> list[Answer]:
    here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
    chosen = facts.audience
    if chosen is None:
        return [_answer("audience.missing", Level.BLOCKING, "Choose who is to get it.", here)]
    there = Fix(Place.AUDIENCE, chosen.id)
    if chosen.archived:
        return [_answer("audience.archived", Level.BLOCKING, f"“{chosen.name}” is archived; choose another.", here)]
    if chosen.broken or chosen.reach is None:
        sentence = chosen.broken or "Its size is not known yet; try again in a moment."
        return [
            _answer(
                "audience.broken", Level.BLOCKING, f"“{chosen.name}” cannot be counted: {sentence}", there, why=sentence
            )
        ]
    reach = chosen.reach
    values: dict[str, Any] = {
        "audience": reach.audience,
        "reachable": reach.reachable - held_out(reach.reachable, facts.holdout_percent),
        "held_out": held_out(reach.reachable, facts.holdout_percent),
        "withheld": dict(reach.withheld),
    }
    if not reach.audience:
        return [_answer("audience.empty", Level.BLOCKING, f"Nobody is in “{chosen.name}”.", there, **values)]
    if not values["reachable"]:
        return [
            _answer(
                "audience.unreachable",
                Level.BLOCKING,
                f"None of the {reach.audience:,} people in “{chosen.name}” may or can be reached: "
                + summary(reach, facts.holdout_percent),
                there,
                **values,
            )
        ]
    level = Level.LOOK if reach.reachable * 2 < reach.audience else Level.OK
    return [_answer("audience.reach", level, summary(reach, facts.holdout_percent), there, **values)]


def _template(facts: LaunchFacts) -> list[Answer]:
    chosen = facts.template
    if chosen is None:
        here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
        return [_answer("template.missing", Level.BLOCKING, "Choose what is to be sent.", here)]
    there = Fix(Place.TEMPLATE, chosen.id)
    if chosen.archived:
        here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
        return [_answer("template.archived", Level.BLOCKING, f"“{chosen.name}” is archived; choose another.", here)]
    if chosen.errors:
        return [
            _answer(
                "template.errors",
                Level.BLOCKING,
                f"“{chosen.name}” cannot be sent: {chosen.errors[0]}",
                there,
                errors=list(chosen.errors),
            )
        ]
    answers = [_answer("template.ready", Level.OK, f"“{chosen.name}” compiles without errors.", there)]
    if chosen.warnings:
        answers = [
            _answer(
                "template.warnings", Level.LOOK, " ".join(chosen.warnings[:3]), there, warnings=list(chosen.warnings)
            )
        ]
    answers.append(_links(chosen.links, there))
    if not chosen.unsubscribe:
        answers.append(
            _answer(
                "unsubscribe.missing",
                Level.BLOCKING,
                "The email has no unsubscribe link; put {{ unsubscribe_url }} behind a link in its footer.",
                there,
            )
        )
    else:
        answers.append(_answer("unsubscribe.present", Level.OK, "An unsubscribe link is in the email.", there))
    gaps = {name: count for name, count in chosen.gaps.items() if count}
    if gaps:
        listed = ", ".join(f"{count:,} without {name}" for name, count in gaps.items())
        answers.append(
            _answer(
                "personalisation.gaps",
                Level.LOOK,
                f"The email uses values that some people don't have: {listed}. Give the field a default.",
                there,
                gaps=gaps,
            )
        )
    else:
        answers.append(_answer("personalisation.complete", Level.OK, "Everybody has every value it uses.", there))
    large = chosen.size > CLIPPED_AT
    answers.append(
        _answer(
            "size.clipped" if large else "size.fine",
            Level.LOOK if large else Level.OK,
            f"The email has {chosen.size / 1024:,.0f} KB"
            + ("; Gmail cuts off what is over 100 KB, the unsubscribe link included." if large else "."),
            there,
            bytes=chosen.size,
        )
    )
    return answers


def _links(links: tuple[str, ...], there: Fix) -> Answer:
    fixed = [link for link in links if "{{" not in link and "{%" not in link]
    bad = [link for link in fixed if not _sound(link)]
    if bad:
        return _answer(
            "links.bad",
            Level.BLOCKING,
            f"A link leads nowhere: “{bad[0][:200]}”. Links begin with https:// and name a host.",
            there,
            links=bad[:20],
        )
    if not links:
        return _answer("links.none", Level.LOOK, "The email has no link, so no click can be counted.", there)
    noun = "link is" if len(links) == 1 else "links are"
    return _answer("links.fine", Level.OK, f"{len(links)} {noun} well formed and will be counted.", there, n=len(links))


def _sound(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if parts.scheme in ("mailto", "tel"):
        return bool(parts.path)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in link


def _sender(facts: LaunchFacts) -> list[Answer]:
    chosen = facts.sender
    if chosen is None or chosen.archived:
        here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
        return [_answer("sender.missing", Level.BLOCKING, "Choose who it is from.", here)]
    there = Fix(Place.EMAIL_SETTINGS)
    if chosen.sandbox:
        return [
            _answer(
                "sender.sandbox",
                Level.LOOK,
                "Mail goes to the built-in sandbox: nothing leaves this machine. Enter a mail server to send for real.",
                there,
            )
        ]
    domain = chosen.address.rpartition("@")[2].lower()
    signed = chosen.signing_domain.lower()
    if not signed:
        return [
            _answer(
                "sender.unsigned",
                Level.LOOK,
                f"Mail from {domain} is not signed by Gonfalon (DKIM). Unless your mail server signs it, "
                "large providers refuse it.",
                there,
                domain=domain,
            )
        ]
    if domain != signed and not domain.endswith("." + signed) and not signed.endswith("." + domain):
        return [
            _answer(
                "sender.unaligned",
                Level.LOOK,
                f"Mail from {domain} is signed as {signed}; DMARC asks for the same domain, so it may be refused.",
                there,
                domain=domain,
                signed=signed,
            )
        ]
    return [_answer("sender.ready", Level.OK, f"From {chosen.address}, signed as {signed}.", there, domain=domain)]


def _topic(facts: LaunchFacts) -> list[Answer]:
    here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
    if facts.topic is None:
        return [_answer("topic.missing", Level.BLOCKING, "Choose the topic people have agreed to.", here)]
    return [_answer("topic.set", Level.OK, f"Goes to people who agreed to “{facts.topic}”.", here, topic=facts.topic)]


def _time(facts: LaunchFacts) -> list[Answer]:
    here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
    if facts.send_at is not None and facts.send_at < facts.now - LONG_AGO:
        return [
            _answer(
                "time.past",
                Level.LOOK,
                "The planned time is over; it goes out as soon as it is launched.",
                here,
                send_at=facts.send_at.isoformat(),
            )
        ]
    if facts.local_hour >= NIGHT[0] or facts.local_hour < NIGHT[1]:
        return [
            _answer(
                "time.night",
                Level.LOOK,
                f"It goes out at night ({facts.local_hour}:00 to {facts.local_hour}:59 in the workspace's time zone).",
                here,
                hour=facts.local_hour,
            )
        ]
    if facts.send_at is None:
        return [_answer("time.now", Level.OK, "It goes out as soon as it is launched.", here)]
    return [
        _answer("time.planned", Level.OK, "It waits for the planned time.", here, send_at=facts.send_at.isoformat())
    ]


def _plan(facts: LaunchFacts) -> list[Answer]:
    answers = []
    if facts.has_goal:
        answers.append(_answer("goal.set", Level.OK, "The campaign has a goal to measure it by.", Fix(Place.GOAL)))
    else:
        answers.append(
            _answer("goal.missing", Level.LOOK, "Without a goal nobody can say whether it worked.", Fix(Place.GOAL))
        )
    if facts.planned_minor:
        answers.append(_answer("budget.set", Level.OK, "The campaign has a budget.", Fix(Place.BUDGET)))
    else:
        answers.append(
            _answer("budget.missing", Level.LOOK, "Without costs no return can be computed.", Fix(Place.BUDGET))
        )
    day = facts.today if facts.send_at is None else max(facts.today, facts.send_at.date())
    fix = Fix(Place.CAMPAIGN, facts.campaign_id)
    if (facts.starts_on and day < facts.starts_on) or (facts.ends_on and day > facts.ends_on):
        answers.append(_answer("dates.outside", Level.LOOK, "It goes out outside the campaign's dates.", fix))
    else:
        answers.append(_answer("dates.inside", Level.OK, "It goes out within the campaign's dates.", fix))
    return answers


def _repeated(facts: LaunchFacts) -> list[Answer]:
    if not facts.same_audience:
        return []
    names = ", ".join(f"“{name}”" for name in facts.same_audience[:3])
    return [
        _answer(
            "repeated.audience",
            Level.LOOK,
            f"The same audience gets {names} within the week around it.",
            Fix(Place.TOUCHPOINT, facts.touchpoint_id),
            touchpoints=list(facts.same_audience),
        )
    ]


_APPROVALS = {
    "missing": ("approval.needed", "It needs the approval of {by} first; ask for it."),
    "waiting": ("approval.waiting", "It waits for the approval of {by}."),
    "changes": ("approval.changes", "An approver asked for changes; make them and ask again."),
    "refused": ("approval.refused", "Its approval was refused."),
    "void": ("approval.void", "What was approved has changed since; ask {by} again."),
    "approved": ("approval.given", "Approved by {given}."),
}


def _approval(facts: LaunchFacts) -> list[Answer]:
    answers = []
    for each in facts.approvals:
        if each.standing not in _APPROVALS:
            continue
        code, sentence = _APPROVALS[each.standing]
        about = "" if each.kind == "launch" else "The content: "
        answers.append(
            _answer(
                code,
                Level.OK if each.standing == "approved" else Level.BLOCKING,
                about + sentence.format(by=", ".join(name for _, name in each.by), given=", ".join(each.given_by)),
                Fix(Place.APPROVAL, each.request_id),
                kind=each.kind,
                subject=str(each.subject_id),
                by=[{"kind": kind, "name": name} for kind, name in each.by],
                given_by=list(each.given_by),
            )
        )
    return answers
