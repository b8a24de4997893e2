"""Shapes of comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.teamwork.comments.model import Comment, Writer
from gonfalon.teamwork.comments.rules import mentioned


class CommentMember(BaseModel):
    """Somebody by their present name. member: still in the workspace. id: null for an API key."""

    id: UUID | None
    name: str
    member: bool = True


class CommentOut(BaseModel):
    """A comment. In `body`, `<@id>` is a mention of one of `mentions`; it is empty once the comment was removed."""

    id: UUID
    parent_id: UUID | None
    author: CommentMember
    body: str
    mentions: list[CommentMember]
    created_at: datetime
    edited_at: datetime | None
    removed: bool
    version: int


class ThreadOut(CommentOut):
    """A first comment with all its replies, the oldest first."""

    resolved_at: datetime | None
    resolved_by: str
    replies: list[CommentOut]


class CommentIn(BaseModel):
    """A new comment: plain text with links, `<@member id>` for a mention. parent_id: the comment it answers."""

    body: str = Field(description="At most 8,000 characters")
    parent_id: UUID | None = None


class CommentEdit(BaseModel):
    """New words for the comment as it was at `version`."""

    body: str
    version: int = Field(ge=1, le=2**31 - 1)


class ThreadState(BaseModel):
    """Whether a thread is settled."""

    resolved: bool


def comment_values(row: Comment, people: Mapping[UUID, Writer]) -> dict[str, Any]:
    """Return the members of CommentOut from a row, with everybody named in it."""

    def named(user_id: UUID) -> CommentMember:
        found = people.get(user_id)
        return CommentMember(id=user_id, name=found.name if found else "", member=bool(found and found.member))

    return {
        "id": row.id,
        "parent_id": row.parent_id,
        "author": named(row.author_id) if row.author_id else CommentMember(id=None, name=row.author, member=False),
        "body": row.body,
        "mentions": [named(user_id) for user_id in mentioned(row.body)],
        "created_at": row.created_at,
        "edited_at": row.edited_at,
        "removed": row.removed_at is not None,
        "version": row.version,
    }


def thread_out(root: Comment, replies: Iterable[Comment], people: Mapping[UUID, Writer]) -> ThreadOut:
    """Return a thread from its rows."""
    return ThreadOut(
        **comment_values(root, people),
        resolved_at=root.resolved_at,
        resolved_by=root.resolved_by,
        replies=[CommentOut(**comment_values(row, people)) for row in replies if row.parent_id == root.id],
    )
