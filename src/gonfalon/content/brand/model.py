"""What a brand kit holds."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from gonfalon.content.blocks.theme import MailTheme
from gonfalon.kit.schemas import clean_text

Word = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(clean_text)]


class BrandWord(BaseModel):
    """A word that mails should not say, and what they say instead; nothing: it is forbidden without another."""

    model_config = ConfigDict(extra="forbid")

    avoid: Word
    prefer: Annotated[str, Field(max_length=80), AfterValidator(clean_text)] = ""


class BrandKit(BaseModel):
    """How a workspace's mails look (`theme`, `logo`) and speak (`tone`, `words`), and what stands at their foot."""

    model_config = ConfigDict(extra="forbid")

    theme: MailTheme = MailTheme()
    logo: Annotated[str, Field(max_length=2_000), AfterValidator(clean_text)] = ""
    footer: Annotated[str, Field(max_length=1_000), AfterValidator(clean_text)] = ""
    tone: Annotated[str, Field(max_length=2_000), AfterValidator(clean_text)] = ""
    words: Annotated[list[BrandWord], Field(max_length=200)] = []


class Brand(BaseModel):
    """The brand kit with its version; 0 while nobody has saved one."""

    kit: BrandKit = BrandKit()
    version: int = 0
    saved_by: str = ""
