"""What goes into a rendering and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from gonfalon.kit.errors import Invalid

Level = Literal["error", "warning"]


class TemplateError(Invalid):
    """A template that cannot be used; the sentence names the part and the line.

    `reason` and `values` say the same for programs and other languages: `filter_unknown` of {"name": "nope"}.
    """

    def __init__(
        self,
        code: str,
        sentence: str,
        part: str = "body",
        line: int | None = None,
        *,
        reason: str = "",
        **values: str | int,
    ) -> None:
        self.reason = reason or code
        super().__init__(code, sentence, part=part, line=line, reason=self.reason, values=values)
        self.part = part
        self.line = line
        self.values = values

    def __reduce__(self) -> tuple[Any, ...]:
        """How it comes out of another process."""
        return _again, (self.code, self.sentence, self.part, self.line, self.reason, self.values)


def _again(code: str, sentence: str, part: str, line: int | None, reason: str, values: dict[str, Any]) -> TemplateError:
    return TemplateError(code, sentence, part, line, reason=reason, **values)


@dataclass(frozen=True, slots=True)
class Source:
    """An email as its author wrote it: MJML or HTML with Liquid; subject and preheader are plain text with Liquid.

    `text` replaces the text part that is otherwise made from the HTML.
    """

    subject: str
    body: str
    preheader: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How values are written: `locale` (BCP 47 or CLDR), `timezone` (IANA), `currency` (ISO 4217)."""

    locale: str = "en"
    timezone: str = "UTC"
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """Something the author should know; an error makes the template unfit to be sent.

    `reason` is stable and finer than `code`; `values` are the words and numbers of its sentence.
    """

    level: Level
    code: str
    sentence: str
    part: str = "body"
    line: int | None = None
    reason: str = ""
    values: dict[str, str | int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the email: `destination` is what it leads to (with UTM), or its Liquid source if `dynamic`."""

    number: int
    destination: str
    label: str
    dynamic: bool = False


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A value the template takes from a person, e.g. `person.first_name`.

    `guarded` is true when the template says what happens without it: a default, or a condition on it. `fallback` is the
    default, where that is a text.
    """

    path: str
    guarded: bool
    part: str = "body"
    line: int | None = None
    fallback: str = ""


@dataclass(slots=True)
class Report:
    """Problems and uses, gathered while compiling."""

    problems: list[TemplateProblem] = field(default_factory=list)
    uses: list[FieldUse] = field(default_factory=list)

    def warn(
        self,
        code: str,
        sentence: str,
        part: str = "body",
        line: int | None = None,
        *,
        reason: str = "",
        **values: str | int,
    ) -> None:
        """Note something the author should look at."""
        self.problems.append(TemplateProblem("warning", code, sentence, part, line, reason or code, values))

    def error(
        self,
        code: str,
        sentence: str,
        part: str = "body",
        line: int | None = None,
        *,
        reason: str = "",
        **values: str | int,
    ) -> None:
        """Note something that makes the template unfit to be sent."""
        self.problems.append(TemplateProblem("error", code, sentence, part, line, reason or code, values))
