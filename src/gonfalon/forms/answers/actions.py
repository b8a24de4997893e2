"""Taking answers. The form's id is the visitor's permission; nothing they say of themselves is believed unconfirmed.

An answer counts at once, or when the visitor has followed the link of a mail, or when a member has looked at it. Then,
in one transaction, it makes or finds the person and gives attributes, tags, list, consent and an event.
"""

from __future__ import annotations

import hmac
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, system_context, within
from gonfalon.accounts.model import Permission
from gonfalon.accounts.rules import network_of
from gonfalon.accounts.store import count_try
from gonfalon.audiences.actions import add_to_list
from gonfalon.forms.answers import rules, store
from gonfalon.forms.answers.model import Door, Outcome, Result, Shown, Visit
from gonfalon.forms.definition import EmailField, PhoneField
from gonfalon.forms.model import EVENTS, AnswerState, FormAnswer
from gonfalon.forms.rules import agreed, attribute_values, event_properties, tags_of
from gonfalon.forms.store import lists_of
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import Conflict, Invalid, NotFound, TooMany
from gonfalon.kit.jobs import defer
from gonfalon.kit.services import Services
from gonfalon.kit.zones import country_of_zone
from gonfalon.people.attributes.model import Attribute, Value
from gonfalon.people.attributes.rules import check_value
from gonfalon.people.attributes.store import attributes_of
from gonfalon.people.consent.actions import record_consent
from gonfalon.people.consent.model import ConsentSource, ConsentState, Statement
from gonfalon.people.identities.actions import is_erased, resolve_person, welcome_back
from gonfalon.people.identities.model import Identified
from gonfalon.people.profiles.store import change_tags, find_person, merge_attributes
from gonfalon.tracking.arrivals import arrival_of
from gonfalon.tracking.collector.model import ParsedMessage
from gonfalon.tracking.collector.store import keep

PER_NETWORK = 60
WINDOW = 600
"""So many answers of one form from one network in ten minutes: a stand at a fair fits, a flood does not."""
MAILS_PER_ADDRESS = 5
MAIL_WINDOW = 24 * 3600
TRAPPED = "spam trap"
"""Who refused an answer whose hidden field was filled in."""
REPEATED = "answered before"
ERASED = "person erased"


def challenge_for(services: Services, form_id: UUID) -> str:
    """Make what a page gives the visitor's browser to work on."""
    return rules.make_challenge(services.secrets.key("forms/work"), form_id, utcnow())


async def look(services: Services, form_id: UUID) -> Shown | None:
    """Return the form as visitors see it; None when there is none."""
    async with services.db.reading() as connection:
        return await store.find_shown(connection, form_id)


async def take(services: Services, shown: Shown, visit: Visit) -> Result:
    """Take what a visitor sent. Sending it again with the same key changes nothing and is told the same.

    Raises TooMany after 60 answers from a network in ten minutes.
    """
    until = shown.definition.closes_on
    if shown.door is not Door.OPEN or (until is not None and system_context(services, shown.workspace).today > until):
        return Result(Outcome.FULL if shown.door is Door.FULL else Outcome.CLOSED)
    await _count(services, shown, visit)
    reading = rules.read_answers(shown.definition, visit.posted, country_of_zone(shown.workspace.time_zone))
    if reading.faults:
        return Result(Outcome.FAULTY, reading.faults)
    state = _first_state(services, shown, visit, reading.who)
    async with services.db.transaction() as connection:
        # Again, now that nobody else can take the last place.
        current = await store.find_shown(connection, shown.id, lock=shown.definition.most is not None)
        if current is None or current.door is not Door.OPEN:
            return Result(Outcome.FULL if current and current.door is Door.FULL else Outcome.CLOSED)
        email = reading.who.email
        if (
            state is AnswerState.TAKEN
            and email
            and await is_erased(connection, services.secrets, shown.workspace.id, email)
        ):
            state = AnswerState.WAITING  # nobody but they themselves brings them back, from their mailbox
        by = TRAPPED if visit.trapped else ""
        answer_id = await store.add_answer(connection, shown, visit, state, reading.values, _source(visit), by)
        if answer_id is None:
            return _told(await store.find_by_key(connection, shown.workspace.id, shown.id, visit.key), shown)
        answer = await store.find_answer(connection, answer_id)
        if state is AnswerState.TAKEN:
            await _apply(services, connection, shown, answer, confirmed=False)
        elif state is AnswerState.WAITING:
            await _ask_to_confirm(connection, shown, answer_id, reading.who.email or "")
        return _told(await store.find_answer(connection, answer_id), shown)


def _first_state(services: Services, shown: Shown, visit: Visit, who: Identified) -> AnswerState:
    """What an answer is at first. Without the browser's work it needs the mail's link or a member's look."""
    if visit.trapped:
        return AnswerState.REFUSED
    if shown.definition.confirm:
        return AnswerState.WAITING
    key = services.secrets.key("forms/work")
    if rules.is_worked(key, shown.id, visit.challenge, visit.proof, utcnow()):
        return AnswerState.TAKEN
    return AnswerState.WAITING if who.email else AnswerState.HELD


async def _count(services: Services, shown: Shown, visit: Visit) -> None:
    """Count the visit against its network. In a transaction of its own: a refused visit counts too."""
    async with services.db.transaction() as connection:
        counted = await count_try(connection, f"form:{shown.id} {network_of(visit.ip)}", utcnow(), WINDOW)
    if counted > PER_NETWORK:
        raise TooMany(
            "form_limited", "Too many answers came from your network; wait ten minutes and send yours again.", WINDOW
        )


async def _ask_to_confirm(connection: AsyncConnection, shown: Shown, answer_id: int, address: str) -> None:
    from gonfalon.forms.jobs import mail_visitor_job

    if await _may_mail(connection, shown, address):
        await defer(connection, mail_visitor_job, answer_id=answer_id, state=AnswerState.WAITING)


async def _may_mail(connection: AsyncConnection, shown: Shown, address: str) -> bool:
    """Whether an address that somebody typed may get one more mail today: nobody may have a mailbox filled."""
    key = f"form-mail:{shown.workspace.id} {address}"
    return await count_try(connection, key, utcnow(), MAIL_WINDOW) <= MAILS_PER_ADDRESS


def _source(visit: Visit) -> dict[str, Any]:
    return {
        "page": visit.page[:2_000],
        "arrival": arrival_of({}, {"page": {"url": visit.page}}),
        "ip": visit.ip,
        "agent": visit.agent[:500],
        "anonymous_id": visit.anonymous_id[:255],
    }


def _told(answer: FormAnswer, shown: Shown) -> Result:
    """What the visitor is told. Whoever fell into the trap, or was erased, is told what everybody is."""
    match answer.state:
        case AnswerState.WAITING:
            return Result(Outcome.WAITING, address=address_of(shown, answer))
        case AnswerState.HELD:
            return Result(Outcome.HELD)
        case AnswerState.REFUSED if answer.decided_by == REPEATED:
            return Result(Outcome.REPEATED)
    return Result(Outcome.TAKEN)


def _who(shown: Shown, answer: FormAnswer) -> Identified:
    """Whom an answer names, and the device it came from."""
    said = {type(each): answer.values.get(each.id) for each in shown.definition.asked()}
    device = answer.source.get("anonymous_id") or None
    return Identified(email=said.get(EmailField), phone=said.get(PhoneField), anonymous_id=device)


async def confirm(services: Services, token: str) -> tuple[Shown, FormAnswer] | None:
    """Count the answer whose mail had this token; again changes nothing. None when it is no token or has run out."""
    answer_id = _opened(services, token)
    if answer_id is None:
        return None
    async with services.db.transaction() as connection:
        try:
            answer = await store.find_answer(connection, answer_id)
        except NotFound:
            return None
        shown = await store.find_shown(connection, answer.form_id, number=answer.number)
        if shown is None:
            return None
        if answer.state is AnswerState.WAITING:
            await _apply(services, connection, shown, answer, confirmed=True)
        answer = await store.find_answer(connection, answer_id)
        return None if answer.state is AnswerState.EXPIRED else (shown, answer)


async def read_token(services: Services, token: str) -> tuple[Shown, FormAnswer] | None:
    """Return the form and answer of a mail's token, as they are; None as in `confirm`. Changes nothing."""
    answer_id = _opened(services, token)
    if answer_id is None:
        return None
    async with services.db.reading() as connection:
        answer = await store.read_answer(connection, answer_id)
        if answer is None or answer.state is AnswerState.EXPIRED:
            return None
        shown = await store.find_shown(connection, answer.form_id, number=answer.number)
        return None if shown is None else (shown, answer)


def address_of(shown: Shown, answer: FormAnswer) -> str:
    """Return the address an answer was given under, "" when it names none."""
    return _who(shown, answer).email or ""


def token_of(services: Services, answer_id: int) -> str:
    """Make what the link of the confirming mail ends with."""
    return f"{answer_id}-{services.secrets.token('forms/confirm', str(answer_id))[:32]}"


def _opened(services: Services, token: str) -> int | None:
    number, _, _ = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return int(number) if hmac.compare_digest(token.encode(), token_of(services, int(number)).encode()) else None


async def decide(ctx: Context, form_id: UUID, answer_id: int, *, taken: bool) -> FormAnswer:
    """Count an answer that was held or refused, or refuse one that is held. Raises NotFound, Conflict."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        answer = await store.find_answer(connection, answer_id, ctx.workspace.id)
        if answer.form_id != form_id:
            raise NotFound("answer_unknown", "There is no such answer in this workspace.")
        open_for = (AnswerState.HELD, AnswerState.REFUSED) if taken else (AnswerState.HELD,)
        if answer.state not in open_for or not answer.values:
            raise Conflict("answer_decided", "This answer has been decided already; load the list again.")
        shown = await store.find_shown(connection, form_id, number=answer.number)
        assert shown is not None, "an answer names a published version"
        if taken:
            await _apply(ctx.services, connection, shown, answer, confirmed=False, by=ctx.actor.name)
        else:
            await store.decide(connection, ctx.workspace.id, answer_id, AnswerState.REFUSED, ctx.actor.name)
        verb = "form.answer_taken" if taken else "form.answer_refused"
        await ctx.audit(connection, verb, "form", form_id, shown.name, answer=answer_id)
        return await store.find_answer(connection, answer_id, ctx.workspace.id)


async def _apply(
    services: Services, connection: AsyncConnection, shown: Shown, answer: FormAnswer, *, confirmed: bool, by: str = ""
) -> None:
    """Let an answer count: find or make the person, and give them what the form gives."""
    from gonfalon.forms.jobs import mail_visitor_job

    workspace, form = shown.workspace, shown.definition
    who = _who(shown, answer)
    named = Identified(email=who.email, phone=who.phone)
    known = await resolve_person(connection, services.secrets, workspace.id, named, create=False) if named else None
    if known is not None and not confirmed:
        # Who types somebody's address is not yet that person: no number and no device of theirs is attached.
        who = Identified(email=who.email) if who.email else Identified(phone=who.phone)
    person_id = await resolve_person(connection, services.secrets, workspace.id, who) if who else None
    if person_id is None and confirmed and who.email:
        await welcome_back(connection, services.secrets, workspace.id, who.email)
        # Nothing but the address has been proven theirs.
        person_id = await resolve_person(connection, services.secrets, workspace.id, Identified(email=who.email))
    if who.named and person_id is None:
        return await store.decide(connection, workspace.id, answer.id, AnswerState.REFUSED, ERASED)
    if (
        person_id is not None
        and form.once_each
        and await store.has_answered(connection, workspace.id, shown.id, person_id)
    ):
        return await store.decide(connection, workspace.id, answer.id, AnswerState.REFUSED, REPEATED)
    await store.decide(connection, workspace.id, answer.id, AnswerState.TAKEN, by, person_id)
    if person_id is None:
        return None
    if form.mail is not None and who.email and (confirmed or await _may_mail(connection, shown, who.email)):
        await defer(connection, mail_visitor_job, answer_id=answer.id, state=AnswerState.TAKEN)
    await _give_values(connection, shown, answer, person_id, only_new=known is not None and not confirmed)
    if tags := tags_of(form, answer.values):
        await change_tags(connection, workspace.id, [person_id], tags)
    if form.list_id is not None and form.list_id in await lists_of(connection, workspace.id):
        ctx = within(system_context(services, workspace, shown.name), connection)
        await add_to_list(ctx, form.list_id, people=[person_id])
    await _record_consents(connection, shown, answer, person_id, confirmed=confirmed)
    event = ParsedMessage(
        who,
        EVENTS[shown.kind],
        answer.at,
        f"form:{answer.id}",
        event_properties(form, shown.id, shown.name, answer.values),
        {},
        arrival=answer.source.get("arrival"),
    )
    await keep(connection, services, workspace, [event])
    return None


async def _give_values(
    connection: AsyncConnection, shown: Shown, answer: FormAnswer, person_id: int, *, only_new: bool
) -> None:
    """Give the person the attributes that the answer fills; `only_new`: those alone of which nothing is known."""
    declared = await attributes_of(connection, shown.workspace.id)
    person = await find_person(connection, shown.workspace.id, person_id, lock=True)
    values = {
        key: value
        for key, given in attribute_values(shown.definition, answer.values).items()
        if key in declared and (value := _fitting(declared[key], given)) is not None
        if not (only_new and key in person.attributes)
    }
    if values:
        await merge_attributes(connection, shown.workspace.id, {person_id: values})


def _fitting(attribute: Attribute, given: object) -> Value | None:
    """The value, if the attribute still takes it: it may have changed since the form was opened."""
    try:
        return check_value(attribute, given)
    except Invalid:
        return None


async def _record_consents(
    connection: AsyncConnection, shown: Shown, answer: FormAnswer, person_id: int, *, confirmed: bool
) -> None:
    details = {
        "form": str(shown.id),
        "version": answer.number,
        "ip": answer.source.get("ip", ""),
        "confirmed": confirmed,
    }
    for each in agreed(shown.definition, answer.values):
        statement = Statement(
            each.channel,
            ConsentState.GRANTED,
            ConsentSource.FORM,
            wording=each.label,
            details=details,
            confirmed=confirmed,
        )
        await record_consent(connection, shown.workspace.id, [person_id], each.topics, statement)
