"""Shapes of the list of people."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator

from gonfalon.people.profiles.schemas import Tags

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


class ExportIn(ChosenIn):
    """Whom to export, and what of them.

    columns: id, email, phone, external_id, tags, created_at, updated_at, attribute.KEY, consent.CHANNEL.TOPIC;
    all when none is named.
    """

    columns: Annotated[list[str], Field(max_length=400)] = []
