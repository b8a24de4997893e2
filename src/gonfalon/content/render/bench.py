"""Where templates are worked out for others to see or send: child processes with an end of memory and time.

A carousel of thousands of pictures, style sheets with thousands of rules or nested brackets end a child, not the
process that answers everybody or sends.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, ParamSpec, TypeVar

from gonfalon.content.render.email import CompiledEmail, RenderedEmail, draft_email, finish_email
from gonfalon.content.render.encoding import Encoding
from gonfalon.content.render.model import FieldUse, Link, Source, Style, TemplateError, TemplateProblem
from gonfalon.kit.confined import Confined, Overrun
from gonfalon.tracking.links.urls import preview_urls

P = ParamSpec("P")
T = TypeVar("T")

_SECONDS: Final = 3
_MEGABYTES: Final = 256
_CHILDREN: Final = Confined(children=2, seconds=_SECONDS, megabytes=_MEGABYTES)


@dataclass(frozen=True, slots=True)
class Trial:
    """What is known of a source after compiling it and, with fields, rendering it for one person.

    `failed`: it compiles, but not with these fields.
    """

    problems: tuple[TemplateProblem, ...]
    links: tuple[Link, ...]
    uses: tuple[FieldUse, ...]
    html_bytes: int
    rendered: RenderedEmail | None = None
    failed: TemplateError | None = None


async def try_email(
    source: Source,
    style: Style,
    *,
    utm: Mapping[str, str] | None = None,
    fields: Mapping[str, object] | None = None,
    base: str = "",
) -> Trial:
    """Compile a source and renders it with fields (None: not at all); raises TemplateError for what cannot be used.

    base: where the addresses of a preview are.
    """
    return await run_confined(_try, source, style, tuple((utm or {}).items()), fields, base)


async def compile_safely(source: Source, style: Style, *, utm: Mapping[str, str], encoding: Encoding) -> CompiledEmail:
    """Return `compile_email` whose foreign formats are read in a child. Raises TemplateError."""
    draft = await run_confined(draft_email, source, style, dict(utm))
    return await asyncio.to_thread(finish_email, draft, style, encoding)


async def run_confined(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return a function of a source, in a child. Raises TemplateError for one that takes too long or too much."""
    try:
        return await _CHILDREN.run(function, *args, **kwargs)
    except Overrun as stopped:
        raise TemplateError(
            "template_too_large",
            "The email takes more time or memory to make than an email may; make it smaller.",
            reason="too_costly",
        ) from stopped


@functools.lru_cache(maxsize=64)
def _compiled(source: Source, style: Style, utm: tuple[tuple[str, str], ...]) -> CompiledEmail:
    """In the child: previews ask for the same text again and again."""
    return finish_email(draft_email(source, style, dict(utm)), style)


def _try(
    source: Source,
    style: Style,
    utm: tuple[tuple[str, str], ...],
    fields: Mapping[str, object] | None,
    base: str,
) -> Trial:
    compiled = _compiled(source, style, utm)
    known = (compiled.problems, compiled.links, compiled.uses, compiled.html_bytes)
    if fields is None:
        return Trial(*known)
    try:
        return Trial(*known, compiled.render(fields, preview_urls(base)))
    except TemplateError as error:
        return Trial(*known, failed=error)


__all__ = ["Trial", "compile_safely", "run_confined", "try_email"]
