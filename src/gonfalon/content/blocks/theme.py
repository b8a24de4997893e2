"""How a mail looks: a few choices of the brand, and the head of MJML that follows from them. Pure."""

from __future__ import annotations

import functools
import re
from html import escape
from importlib import resources
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
_PLACE: Final = re.compile(r"\[\[(\w+)\]\]")
_SYSTEM: Final = (
    "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, "
    "'PingFang SC', 'Microsoft YaHei', sans-serif"
)
FONTS: Final = {
    "sans": f"Inter, {_SYSTEM}",
    "system": _SYSTEM,
    "serif": "Georgia, 'Times New Roman', 'Songti SC', SimSun, serif",
    "humanist": f"'Gill Sans', 'Trebuchet MS', Calibri, {_SYSTEM}",
    "mono": "'SF Mono', Menlo, Consolas, 'Courier New', monospace",
}
"""Faces that the reader's machine has: most mail programs load no others."""
FontName = Annotated[str, Field(pattern=f"^({'|'.join(FONTS)})$")]


class MailTheme(BaseModel):
    """Colours, faces and corners. Everything else follows from them, the dark scheme too."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    accent: Colour = "#0B7A75"
    ink: Colour = "#1C1A17"
    page: Colour = "#F3F1ED"
    card: Colour = "#FFFFFF"
    font: FontName = "sans"
    heading_font: FontName = "sans"
    radius: int = Field(default=6, ge=0, le=40)


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour between two: `share` of the first."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Return relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = (channel / 255 for channel in channels(colour))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return how well one colour is read on another, 1 to 21 (WCAG 2.2)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def on(colour: str) -> str:
    """Return the ink that is read on a colour: white or black, one of which always is."""
    return "#FFFFFF" if contrast("#FFFFFF", colour) >= contrast("#000000", colour) else "#000000"


def readable(colour: str, ground: str) -> str:
    """Return the colour, moved towards white or black until it is read on a ground (4.5 : 1)."""
    goal = on(ground)
    for share in range(10, -1, -1):
        found = mixed(colour, goal, share / 10)
        if contrast(found, ground) >= 4.5:
            return found
    return goal


def write_head(theme: MailTheme, title: str) -> str:
    """Return the head of a mail in MJML; `title` is escaped already. The element named `theme` says what it was made
    of."""
    said = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in theme.model_dump().items())
    muted, line = mixed(theme.ink, theme.card, 0.62), mixed(theme.ink, theme.card, 0.14)
    accent = readable(theme.accent, theme.card)
    night, dusk = "#141311", "#1C1B18"
    glow = readable(theme.accent, dusk)
    font, face = (escape(FONTS[each], quote=False) for each in (theme.font, theme.heading_font))
    values = {
        "title": title, "said": said, "font": font, "face": face, "ink": theme.ink, "muted": muted, "line": line,
        "accent": accent, "button": theme.accent, "on_button": on(theme.accent),
        "button_ink": readable(theme.accent, on(theme.accent)), "radius": str(theme.radius),
        "page": theme.page, "card": theme.card, "night": night, "dusk": dusk, "glow": glow, "on_glow": on(glow),
        "tint": mixed(theme.accent, theme.card, 0.1),
    }  # fmt: skip
    return _PLACE.sub(lambda match: values[match[1]], _layout())


@functools.cache
def _layout() -> str:
    return (resources.files(__package__) / "head.mjml").read_text(encoding="utf-8").rstrip()
