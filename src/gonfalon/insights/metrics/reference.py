"""Writes docs/reference/metrics.md: `python -m gonfalon.insights.metrics.reference`."""

from __future__ import annotations

from pathlib import Path

from gonfalon.insights.metrics.rules import reference

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "metrics.md"


def main() -> None:
    """Writes the page anew."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
