"""Shapes of lessons."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from gonfalon.kit.schemas import Version


class LessonMove(BaseModel):
    """Whether the lesson is shown to others."""

    state: Literal["draft", "published"]
    version: Version
