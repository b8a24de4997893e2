"""What is shown of merges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from gonfalon.people.attributes.model import Value
from gonfalon.people.consent.model import ConsentState
from gonfalon.people.model import Channel


class IdentityPlace(StrEnum):
    """Where an identity of the person who goes is found afterwards."""

    PRIMARY = "primary"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class MovedIdentity:
    """An identity of the person who goes, and whether it fills an empty place or is kept beside."""

    kind: str
    value: str
    place: IdentityPlace


@dataclass(frozen=True, slots=True)
class MergedValue:
    """An attribute of either; where both have another value, the kept person's stays unless it is taken."""

    key: str
    kept: Value | None
    gone: Value | None


@dataclass(frozen=True, slots=True)
class MergedConsent:
    """What both said on a topic and channel, and what holds afterwards: the stricter, withdrawn before granted."""

    topic: str
    channel: Channel
    kept: ConsentState | None
    gone: ConsentState | None
    after: ConsentState


@dataclass(frozen=True, slots=True)
class MovedThings:
    """How many things of a kind go from one person to the other."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do, before it happens.

    kept_as, gone_as: the identity that tells two of one name apart. twice: messages that both got or would get of one
    touchpoint; these stay with the other's empty row and are counted.
    """

    kept_id: int
    kept_name: str
    kept_as: str
    gone_id: int
    gone_name: str
    gone_as: str
    identities: list[MovedIdentity]
    values: list[MergedValue]
    tags: list[str]
    consents: list[MergedConsent]
    tracking_kept: bool | None
    tracking_gone: bool | None
    tracking_after: bool | None
    things: list[MovedThings]
    twice: int


@dataclass(frozen=True, slots=True)
class Merge:
    """One line of a person's history: somebody made one with them, or split from them.

    kept_id: who stayed. undone_at: None for one that holds.
    """

    id: int
    kind: Literal["merge", "split"]
    kept_id: int
    gone_id: int
    by: str
    at: datetime
    undone_at: datetime | None
    undone_by: str | None
