"""Shapes of people."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.people.companies.schemas import EmployerOut
from gonfalon.people.consent.model import ConsentProof, TopicConsent
from gonfalon.people.profiles.actions import Agreement

AttributeValue = str | int | float | bool
Tags = Annotated[list[str], Field(max_length=100)]


class PersonOut(BaseModel):
    """A person. `attributes` by key: text, choice and date are strings, money is integer minor units."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    email: str | None
    phone: str | None
    external_id: str | None
    attributes: dict[str, AttributeValue]
    tags: list[str]
    created_at: datetime
    updated_at: datetime
    erased_at: datetime | None
    tracking_consent: bool | None = Field(description="May opens and clicks be measured; null: never asked.")


class PersonIn(BaseModel):
    """A person to be found by external id, email or phone, or made; null forgets an attribute.

    only_new: refuse (409 `person_known`, with the `person_id`) instead of changing somebody who is here already.
    """

    email: str | None = Field(default=None, max_length=320)
    phone: str | None = Field(default=None, max_length=40)
    external_id: str | None = Field(default=None, max_length=255)
    attributes: dict[str, AttributeValue | None] = Field(default_factory=dict, max_length=300)
    tags: Tags = []
    only_new: bool = False
    consent: Agreement | None = None


class PersonChange(BaseModel):
    """Changes of a person; what is left out stays. null clears an identity or forgets an attribute."""

    email: str | None = Field(default=None, max_length=320)
    phone: str | None = Field(default=None, max_length=40)
    external_id: str | None = Field(default=None, max_length=255)
    attributes: dict[str, AttributeValue | None] = Field(default_factory=dict, max_length=300)
    add_tags: Tags = []
    remove_tags: Tags = []


class IdentityOut(BaseModel):
    """An identity beside the primary ones."""

    kind: str
    value: str
    created_at: datetime


class ProfileOut(PersonOut):
    """Everything known of a person but the timeline."""

    name: str
    undeclared: dict[str, AttributeValue] = Field(description="What events told and no attribute holds yet")
    identities: list[IdentityOut]
    consents: list[TopicConsent]
    proofs: list[ConsentProof]
    suppressions: list[SilenceOut]
    lists: list[ListOut]
    merged_into: int | None = Field(description="Who this person turned out to be; the row is empty then")
    companies: list[EmployerOut]


class SilenceOut(BaseModel):
    """Why a channel never writes to the person's address."""

    channel: str
    reason: str
    created_at: datetime


class ListOut(BaseModel):
    """A fixed list that the person is on."""

    id: str
    name: str


ProfileOut.model_rebuild()
