"""Shapes of getting a new password."""

from __future__ import annotations

from pydantic import BaseModel, Field

from gonfalon.accounts.schemas import Password


class LinkWanted(BaseModel):
    """Whose password was forgotten."""

    email: str = Field(max_length=254)


class LinkState(BaseModel):
    """Whether a link can still be used, and whose it is."""

    open: bool
    email: str = ""


class NewPassword(BaseModel):
    """The link's token and the password to be."""

    token: str = Field(max_length=200)
    password: Password
