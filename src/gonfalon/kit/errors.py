"""Errors that people meet: a stable code for programs, one sentence for people.

The sentence says what happened and what to do. Only `kit/http.py` knows status codes.
"""

from __future__ import annotations

from typing import Any


class GonfalonError(Exception):
    """Base of every expected failure. `details` are extra members of the problem-details answer.

    Of these, `field` names what of the request it is about, so that a form can say it there.
    """

    def __init__(self, code: str, sentence: str, **details: Any) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.details = details

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.__dict__)


class Invalid(GonfalonError):
    """The request cannot be understood or breaks a rule of its own values."""


class Unauthenticated(GonfalonError):
    """Nobody is signed in, or the session or key is no longer good."""


class Forbidden(GonfalonError):
    """Signed in, but the role or the key's scope does not allow this."""


class NotFound(GonfalonError):
    """There is no such thing here; also the answer for another workspace's things."""


class Conflict(GonfalonError):
    """The thing has changed or is in a state that does not allow this."""


class TooMany(GonfalonError):
    """Too many requests; `retry_after` (seconds) says when to come back."""

    def __init__(self, code: str, sentence: str, retry_after: int, **details: Any) -> None:
        super().__init__(code, sentence, **details)
        self.retry_after = retry_after


class TooLarge(GonfalonError):
    """The body or file is larger than is accepted."""


class Unavailable(GonfalonError):
    """Something the answer needs is away for the moment; nothing was changed."""


def _again(kind: type[GonfalonError], state: dict[str, Any]) -> GonfalonError:
    """An error as it was, from another process."""
    made = kind.__new__(kind, state["sentence"])
    made.__dict__.update(state)
    return made
