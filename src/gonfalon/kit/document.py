"""Documents to print: a Typst layout, filled with data, becomes a PDF."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from typing import Any

import typst
from babel.dates import format_date, format_time

from gonfalon.kit.errors import Unavailable

LOCALES = {"en": "en_GB", "fr": "fr_FR", "sv": "sv_SE", "zh": "zh_Hans_CN"}
"""Babel's name of each language's locale: the one that the screen uses (web/src/lib/i18n.tsx)."""
SANS = ("Inter", "Noto Sans", "Open Sans", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans")
CHINESE = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
    "WenQuanYi Micro Hei", "Noto Serif CJK SC", "SimSun",
)  # fmt: skip


def make_pdf(layout: bytes, data: dict[str, Any], language: str) -> bytes:
    """Set `data` (what JSON can hold) in a Typst layout, which reads it as `json(bytes(sys.inputs.data))`.

    `data.fonts` and `data.lang` are added. Raises Unavailable for Chinese on a machine without a Chinese font.
    Takes tenths of a second: call it in a thread.
    """
    families = frozenset(_fonts().families())
    chinese = [name for name in CHINESE if name in families]
    if language == "zh" and not chinese:
        raise Unavailable(
            "font_missing",
            "There is no Chinese font on the server; install one (Debian: fonts-noto-cjk) or choose another language.",
        )
    sans = [name for name in SANS if name in families]
    fonts = [*sans[:1], *chinese[:1], *sans[1:], "Libertinus Serif"]
    made = typst.Compiler(
        layout, font_paths=_fonts(), sys_inputs={"data": json.dumps(data | {"fonts": fonts, "lang": language})}
    ).compile(format="pdf")
    assert isinstance(made, bytes)
    return made


def moment(at: datetime, locale: str) -> str:
    """Write day and time to the minute, in the time zone of `at`, as readers of the language write it."""
    return f"{format_date(at, 'medium', locale=locale)} {format_time(at, 'short', locale=locale)}"


@cache
def _fonts() -> typst.Fonts:
    # Looking through the system's fonts takes a while; once a process is enough.
    return typst.Fonts()
