"""The questions of the launch check. Pure: facts in, answers out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gonfalon.channels.questions import Answer, Fix, Level, Place, answer
from gonfalon.kit.money import to_decimal
from gonfalon.planning.launch.audience import about_audience, held_out, summary
from gonfalon.planning.launch.content import about_content
from gonfalon.planning.launch.model import Check, LaunchFacts

LONG_AGO = timedelta(minutes=5)
ELSEWHERE = (
    "Gonfalon does not send this itself: carry it out where it belongs, and mark it as done with its day and numbers."
)


def check(facts: LaunchFacts) -> Check:
    """Return every question with its answer, in the order in which one would put them right."""
    answers = (
        *_state(facts),
        *(_sent_here(facts) if facts.channel.sent_here else _elsewhere(facts)),
        *_plan(facts),
        *_repeated(facts),
        *_review(facts),
        *_approval(facts),
    )
    reach = facts.audience.reach if facts.audience else None
    template = facts.template.version if facts.template else None
    sentence = summary(reach, facts.holdout_percent, facts.channel.noun) if facts.channel.sent_here else ELSEWHERE
    return Check(facts.version, template, answers, reach, sentence)


def _sent_here(facts: LaunchFacts) -> tuple[Answer, ...]:
    return (
        *about_audience(facts), *about_content(facts), *facts.channel.answers, *_topic(facts), *_time(facts),
        *_cost(facts),
    )  # fmt: skip


def _elsewhere(facts: LaunchFacts) -> tuple[Answer, ...]:
    here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
    channel = answer("channel.elsewhere", Level.OK, ELSEWHERE, here, channel=facts.channel.name)
    chosen = facts.audience
    if chosen is None and not facts.channel.addressed:
        return (channel,)
    if chosen is None:
        return (channel, answer("audience.open", Level.LOOK, "Nobody is chosen yet who is to get it.", here))
    if chosen.archived or chosen.broken or chosen.reach is None:
        return (channel, *(replace(each, level=Level.LOOK) for each in about_audience(facts)))
    people = chosen.reach.audience
    sentence = f"It is meant for the {people:,} people in “{chosen.name}”."
    return (channel, answer("audience.meant", Level.OK, sentence, Fix(Place.AUDIENCE, chosen.id), audience=people))


def _state(facts: LaunchFacts) -> list[Answer]:
    if facts.launched:
        return [answer("state.launched", Level.BLOCKING, "This touchpoint has been launched already.")]
    if facts.campaign_state in ("ended", "archived"):
        fix = Fix(Place.CAMPAIGN, facts.campaign_id)
        return [
            answer(
                "state.campaign_over",
                Level.BLOCKING,
                f"The campaign is {facts.campaign_state}; reopen it before launching something of it.",
                fix,
                state=facts.campaign_state,
            )
        ]
    return []


def _topic(facts: LaunchFacts) -> list[Answer]:
    here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
    if facts.topic is None:
        return [answer("topic.missing", Level.BLOCKING, "Choose the topic people have agreed to.", here)]
    return [answer("topic.set", Level.OK, f"Goes to people who agreed to “{facts.topic}”.", here, topic=facts.topic)]


def _time(facts: LaunchFacts) -> list[Answer]:
    here = Fix(Place.TOUCHPOINT, facts.touchpoint_id)
    if facts.send_at is not None and facts.send_at < facts.now - LONG_AGO:
        return [
            answer(
                "time.past",
                Level.LOOK,
                "The planned time is over; it goes out as soon as it is launched.",
                here,
                send_at=facts.send_at.isoformat(),
            )
        ]
    quiet = facts.channel.quiet
    if quiet is not None and (facts.local_hour >= quiet[0] or facts.local_hour < quiet[1]):
        return [
            answer(
                "time.night",
                Level.LOOK,
                f"It goes out outside usual hours, between {facts.local_hour}:00 and {facts.local_hour}:59 in the "
                "workspace's time zone.",
                here,
                hour=facts.local_hour,
            )
        ]
    if facts.send_at is None:
        return [answer("time.now", Level.OK, "It goes out as soon as it is launched.", here)]
    return [answer("time.planned", Level.OK, "It waits for the planned time.", here, send_at=facts.send_at.isoformat())]


def _cost(facts: LaunchFacts) -> list[Answer]:
    reach = None if facts.audience is None else facts.audience.reach
    price = facts.channel.price
    if price is None or reach is None:
        return []
    people = reach.reachable - held_out(reach.reachable, facts.holdout_percent)
    cost = round(people * price.amount)
    sentence = f"Sending it costs about {to_decimal(cost, price.currency):,} {price.currency}"
    told = {"people": people, "cost_minor": cost, "currency": price.currency}
    if facts.channel.paid_by:
        return [answer("cost.estimated", Level.OK, f"{sentence}.", Fix(Place.BUDGET), **told)]
    sentence += ", which is entered nowhere while no budget line pays for it."
    return [answer("cost.unpaid", Level.LOOK, sentence, Fix(Place.TOUCHPOINT, facts.touchpoint_id), **told)]


def _plan(facts: LaunchFacts) -> list[Answer]:
    answers = []
    if facts.has_goal:
        answers.append(answer("goal.set", Level.OK, "The campaign has a goal to measure it by.", Fix(Place.GOAL)))
    else:
        answers.append(
            answer("goal.missing", Level.LOOK, "Without a goal nobody can say whether it worked.", Fix(Place.GOAL))
        )
    if facts.planned_minor:
        answers.append(answer("budget.set", Level.OK, "The campaign has a budget.", Fix(Place.BUDGET)))
    else:
        answers.append(
            answer("budget.missing", Level.LOOK, "Without costs no return can be computed.", Fix(Place.BUDGET))
        )
    day = facts.today if facts.send_at is None else max(facts.today, facts.send_at.date())
    fix = Fix(Place.CAMPAIGN, facts.campaign_id)
    if (facts.starts_on and day < facts.starts_on) or (facts.ends_on and day > facts.ends_on):
        answers.append(answer("dates.outside", Level.LOOK, "It goes out outside the campaign's dates.", fix))
    else:
        answers.append(answer("dates.inside", Level.OK, "It goes out within the campaign's dates.", fix))
    return answers


def _repeated(facts: LaunchFacts) -> list[Answer]:
    if not facts.same_audience:
        return []
    names = ", ".join(f"“{name}”" for name in facts.same_audience[:3])
    return [
        answer(
            "repeated.audience",
            Level.LOOK,
            f"The same audience gets {names} within the week around it.",
            Fix(Place.TOUCHPOINT, facts.touchpoint_id),
            touchpoints=list(facts.same_audience),
        )
    ]


def _review(facts: LaunchFacts) -> list[Answer]:
    """Whether what is sent was looked at; an open review stops the launch, as does a missing one where it is needed."""
    found = facts.review
    if found is None or (found.state == "none" and not found.required):
        return []
    there = Fix(Place.REVIEW, found.review_id) if found.review_id else Fix(Place.TEMPLATE, found.template_id)
    told = {"version": found.version, "passed_version": found.passed_version, "waits_for": list(found.waits_for)}
    if found.state == "passed":
        return [answer("review.passed", Level.OK, f"Its review passed on version {found.version}.", there, **told)]
    if found.state == "open":
        sentence = f"The review of its content waits for {', '.join(found.waits_for)}."
        return [answer("review.open", Level.BLOCKING, sentence, there, **told)]
    if found.state == "reopened":
        sentence = f"Version {found.passed_version} passed its review; version {found.version} needs one more look."
        return [answer("review.reopened", Level.BLOCKING, sentence, there, **told)]
    if found.required:
        return [
            answer("review.needed", Level.BLOCKING, "Its content needs a review first; ask for one.", there, **told)
        ]
    return [answer("review.ended", Level.LOOK, "The review of its content was ended without a yes.", there, **told)]


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
        if each.standing == "not_needed":
            continue
        code, sentence = _APPROVALS.get(each.standing, _APPROVALS["missing"])
        about = "" if each.kind == "launch" else "The content: "
        answers.append(
            answer(
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
