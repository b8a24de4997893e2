"""A connection of the channel's contract over a provider's API: one request a message."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from gonfalon.channels.contract import Blame, ChannelUnavailable, Envelope, Fault, Outcome, Verdict
from gonfalon.channels.email.headers import UnsafeAddress, addr_spec
from gonfalon.channels.email.providers.model import Account, ApiProvider, Outgoing
from gonfalon.channels.email.providers.reading import rest_of
from gonfalon.kit import clock
from gonfalon.kit.outbound import Line, NoAnswer, Origin

ANSWER_SECONDS = 60.0
"""How long a provider may take for an answer; after that the message is in doubt."""


@dataclass(slots=True)
class Standing:
    """How a provider takes what all connections of a sender bring. locked: why it takes nothing, until settings change.

    resumes: the moment (of the loop's clock) until which it asked for nothing.
    """

    resumes: float = 0.0
    locked: str = ""


@dataclass(frozen=True, slots=True)
class ApiRelay:
    """A workspace's way out by a provider's API."""

    provider: ApiProvider
    origin: Origin
    account: Account
    standing: Standing = field(default_factory=Standing)

    async def connect(self) -> ApiConnection:
        """Return an open connection. Raises ChannelUnavailable."""
        if self.standing.locked:
            raise ChannelUnavailable(self.standing.locked, permanent=True)
        try:
            return ApiConnection(self, await Line.opened(self.origin))
        except NoAnswer as problem:
            raise _unavailable(problem) from problem

    async def try_out(self, seconds: float) -> None:
        """Ask the provider whether the account may be used; sends nothing. Raises ChannelUnavailable."""
        try:
            line = await Line.opened(self.origin, seconds)
            try:
                reply = await line.ask(self.provider.probe(self.account, clock.utcnow()), seconds=seconds)
            finally:
                await line.close()
        except NoAnswer as problem:
            raise _unavailable(problem) from problem
        if reply.status != 200:
            said = self.provider.outcome(reply).detail
            raise ChannelUnavailable(
                self.refusal(reply.status, said),
                code=reply.status,
                permanent=reply.status < 429,
                fault=Fault.SIGN_IN,
                said=f"{reply.status} {said}",
            )

    def refusal(self, status: int, said: str) -> str:
        """Return the sentence that an account may not be used."""
        return f"{self.provider.label} refused the account ({status} {said}): check the key and the settings there."


class ApiConnection:
    """Implements channels.contract.Connection. Make it with `ApiRelay.connect`."""

    def __init__(self, relay: ApiRelay, line: Line) -> None:
        self._relay = relay
        self._line = line
        self._ended = ""
        self._offered: Envelope | None = None

    @property
    def usable(self) -> bool:
        """Whether another message can be offered: a connection that only was closed is opened again."""
        return not self._ended

    def offer(self, envelope: Envelope) -> None:
        """Announce the next message. Nothing is said to the provider yet."""
        self._offered = envelope

    async def offered(self) -> Outcome | None:
        """Return None when the message may follow: after the rest that the provider asked for, on an open line."""
        standing = self._relay.standing
        if self._offered is None or self._ended or standing.locked:
            self._ended = self._ended or standing.locked or "nothing was offered"
            return self._not_sent(0)
        try:
            addr_spec(self._offered.recipient)
        except UnsafeAddress as problem:
            return Outcome(Verdict.REJECTED, detail=str(problem), blame=Blame.RECIPIENT)
        if (pause := standing.resumes - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(pause)
        if not self._line.usable:
            await self._line.close()
            try:
                self._line = await Line.opened(self._relay.origin)
            except NoAnswer as problem:
                self._ended = str(problem)
                return self._not_sent(0)
        return None

    async def deliver(self, payload: Sequence[bytes], following: Envelope | None = None) -> Outcome:
        """Hand over the offered message and wait for the answer. Without one the message is in doubt."""
        envelope, self._offered = self._offered, None
        if envelope is None or self._ended:
            return self._not_sent(0)
        relay, now = self._relay, clock.utcnow()
        try:
            request = relay.provider.compose(relay.account, Outgoing(envelope, b"".join(payload)), now)
            reply = await self._line.ask(request, seconds=ANSWER_SECONDS)
        except NoAnswer as problem:
            self._ended = str(problem)
            return Outcome(
                Verdict.UNKNOWN if problem.sent else Verdict.NOT_SENT, detail=self._ended, blame=Blame.PROVIDER
            )
        outcome = relay.provider.outcome(reply)
        if outcome.verdict is Verdict.THROTTLED:
            rest = asyncio.get_running_loop().time() + rest_of(reply, now)
            relay.standing.resumes = max(relay.standing.resumes, rest)
        elif outcome.verdict is Verdict.NOT_SENT:
            self._ended = relay.standing.locked = relay.refusal(outcome.code, outcome.detail)
        if following is not None:
            self.offer(following)
        return outcome

    def withdraw(self) -> None:
        """Take back what was offered: the provider knows nothing of it."""
        self._offered = None

    async def close(self) -> None:
        """Hang up; never raises."""
        self._ended = self._ended or "closed"
        await self._line.close()

    def _not_sent(self, code: int) -> Outcome:
        return Outcome(Verdict.NOT_SENT, code, "", self._ended, Blame.PROVIDER)


def _unavailable(problem: NoAnswer) -> ChannelUnavailable:
    said = str(problem)
    return ChannelUnavailable(said, permanent=problem.permanent, fault=Fault(problem.why), said=said)
