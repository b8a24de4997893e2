"""What recipients do on their pages. The token is their permission; the proof ledger is the record."""

from __future__ import annotations

from dataclasses import dataclass

from gonfalon.kit.services import Services
from gonfalon.people.consent.actions import record_consent, set_tracking_consent, withdraw_all
from gonfalon.people.consent.model import ConsentSource, ConsentState, Preferences, Statement
from gonfalon.people.consent.store import preferences_of
from gonfalon.people.model import Channel
from gonfalon.tracking.links.tokens import Claim
from gonfalon.tracking.preferences import store
from gonfalon.tracking.preferences.store import Place
from gonfalon.tracking.preferences.words import REASONS, say


@dataclass(frozen=True, slots=True)
class Choice:
    """What a recipient chose: ticked (topic, channel) pairs, and whether they may be measured (None: not asked)."""

    wanted: frozenset[tuple[int, str]]
    measured: bool | None = None
    nothing: bool = False


async def look(services: Services, claim: Claim) -> tuple[Place, Preferences | None, tuple[int, str] | None] | None:
    """Return the workspace, the person's preferences, and the topic of the message; None when the workspace is gone."""
    async with services.db.reading() as connection:
        place = await store.find_place(connection, claim.workspace)
        if place is None:
            return None
        preferences = await preferences_of(connection, claim.workspace, claim.person)
        return place, preferences, await store.topic_of_message(connection, claim.workspace, claim.message)


async def unsubscribe(
    services: Services, claim: Claim, source: ConsentSource, ip: str, *, everything: bool, reason: str = ""
) -> None:
    """Withdraw email for the message's topic, or for all of them; doing it again changes nothing.

    The reason, if one was given, stands in the proof.

    When the topic is not known any more everything is withdrawn: someone who asks to leave must be let go.
    A test message changes nothing.
    """
    if claim.message == 0:
        return
    details = {"message": claim.message, "ip": ip} | ({"reason": reason} if reason in REASONS else {})
    statement = Statement(Channel.EMAIL, ConsentState.WITHDRAWN, source, details=details)
    async with services.db.transaction() as connection:
        topic = None if everything else await store.topic_of_message(connection, claim.workspace, claim.message)
        if topic is None:
            await withdraw_all(connection, claim.workspace, [claim.person], statement)
        else:
            await record_consent(connection, claim.workspace, [claim.person], [topic[0]], statement)


async def choose(services: Services, claim: Claim, choice: Choice, language: str, ip: str) -> None:
    """Save the boxes of the preference page: what is not ticked is withdrawn.

    A new yes is recorded with the exact wording that was shown. `nothing` withdraws all email.
    """
    if claim.message == 0:
        return
    details = {"message": claim.message, "ip": ip}
    source = ConsentSource.PREFERENCE_PAGE
    async with services.db.transaction() as connection:
        place = await store.find_place(connection, claim.workspace)
        shown = await preferences_of(connection, claim.workspace, claim.person)
        if place is None or shown is None:
            return
        if choice.nothing:
            statement = Statement(Channel.EMAIL, ConsentState.WITHDRAWN, source, details=details)
            await withdraw_all(connection, claim.workspace, [claim.person], statement)
            return
        for row in shown.consents:
            ticked = (row.topic.id, row.channel.value) in choice.wanted
            if ticked == (row.state is ConsentState.GRANTED):
                continue
            state = ConsentState.GRANTED if ticked else ConsentState.WITHDRAWN
            named = say(language, row.channel.value)
            wording = (
                say(language, "wording", topic=row.topic.name, workspace=place.name, channel=named) if ticked else ""
            )
            statement = Statement(row.channel, state, source, wording=wording, details=details)
            await record_consent(connection, claim.workspace, [claim.person], [row.topic.id], statement)
        # Who chooses nothing, or what they had chosen, has said nothing new: silence is not recorded as a yes.
        if choice.measured is not None and choice.measured != shown.tracking:
            wording = say(language, "measuring_wording", workspace=place.name) if choice.measured else ""
            await set_tracking_consent(
                connection, claim.workspace, claim.person, choice.measured, source, wording, {"ip": ip}
            )
