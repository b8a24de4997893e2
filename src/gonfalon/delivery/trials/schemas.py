"""Shapes of test messages over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

Address = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254)]


class TestIn(BaseModel):
    """A test of a template version. person_id: whose fields to render with; without one, nobody's."""

    version: int = Field(ge=1)
    sender_identity_id: UUID
    to: Address = Field(description="A member's address, or one that has confirmed.")
    person_id: int | None = None


class TestOut(BaseModel):
    """What the mail server answered."""

    reply: str


class TestAddressIn(BaseModel):
    """An address to ask."""

    address: Address
