"""A provider of mail is an adapter: outside of `channels/email/providers` nobody names one."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gonfalon"
HOME = SOURCE / "channels" / "email" / "providers"
NAMES = re.compile(r"\bses\b|amazon|sendgrid|mailgun|postmark|brevo|sparkpost", re.IGNORECASE)
OTHERS = {
    "channels/email/domains/rules.py": "what SPF records of those who relay by SMTP have to include",
    "content/render/foreign.py": "what the tags of mail from other systems are called",
}


def test_no_provider_is_named_elsewhere() -> None:
    naming = {
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.py"))
        if HOME not in path.parents and NAMES.search(path.read_text())
    }
    assert naming == set(OTHERS)
