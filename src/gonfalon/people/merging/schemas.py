"""Shapes of merging."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.schemas import clean_text

RowId = Annotated[int, Field(ge=1, lt=2**63)]


class MergeIn(BaseModel):
    """Who goes into the person of the path, and the keys of attributes whose value is the other one's."""

    other_id: RowId
    take: Annotated[list[Annotated[str, Field(max_length=63), AfterValidator(clean_text)]], Field(max_length=300)] = []


class IdentityIn(BaseModel):
    """One identity of a person."""

    kind: Literal["email", "phone", "external", "anonymous", "device"]
    value: Annotated[str, Field(max_length=320), AfterValidator(clean_text)]


class SplitIn(BaseModel):
    """What somebody new is made of."""

    identities: Annotated[list[IdentityIn], Field(min_length=1, max_length=100)]
    event_ids: Annotated[list[RowId], Field(max_length=10_000)] = []


class SplitOut(BaseModel):
    """The new person."""

    person_id: int
