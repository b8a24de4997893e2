"""Shapes of the list of people."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator

from gonfalon.kit.days import Moment
from gonfalon.people.consent.model import LegalBasis, Said
from gonfalon.people.model import Channel
from gonfalon.people.profiles.schemas import AttributeValue, Tags

PersonId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class TotalOut(BaseModel):
    """How many people a question means; `more`: at least so many."""

    count: int
    more: bool


class MatchingIn(BaseModel):
    """Everybody whom a list with this search and these filters (see `list_people`) shows."""

    search: str = Field(default="", max_length=200)
    filter: Annotated[list[str], Field(max_length=20)] = []


class ChosenIn(BaseModel):
    """People chosen on the list: by hand (`person_ids`), or everybody who matches a question."""

    person_ids: Annotated[list[PersonId], Field(min_length=1, max_length=100_000)] | None = None
    matching: MatchingIn | None = None

    @model_validator(mode="after")
    def _one_choice(self) -> Self:
        if (self.person_ids is None) == (self.matching is None):
            raise ValueError("say either person_ids or matching")
        return self


class TaggedIn(ChosenIn):
    """Tags to give to and take from people."""

    add: Tags = []
    remove: Tags = []


class AttributeSetIn(ChosenIn):
    """One value for all of the people; null forgets."""

    key: Annotated[str, Field(max_length=63)]
    value: AttributeValue | None


class ConsentsIn(ChosenIn):
    """What the people said about topics of a channel: when (null: now), how it is known, and under which words.

    A grant needs its `origin`.
    """

    channel: Channel = Channel.EMAIL
    topic_ids: Annotated[list[int], Field(min_length=1, max_length=100)]
    state: Said
    at: Moment | None = None
    origin: str = Field(default="", max_length=500)
    wording: str = Field(default="", max_length=10_000)
    basis: LegalBasis = LegalBasis.CONSENT
    expires_at: Moment | None = Field(default=None, description="Until when it holds; null: as long as the topic says")


class ErasedIn(ChosenIn):
    """Whom to erase; confirmed: how many people these are, as typed by whoever wants it. Other than so many: 409."""

    confirmed: Annotated[int, Field(ge=1, le=100_000)]


class ErasedOut(BaseModel):
    """How many people were erased."""

    erased: int


class ExportIn(ChosenIn):
    """Whom to export, and what of them.

    columns: id, email, phone, external_id, tags, created_at, updated_at, attribute.KEY, consent.CHANNEL.TOPIC;
    all when none is named.
    """

    columns: Annotated[list[str], Field(max_length=400)] = []
