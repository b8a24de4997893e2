"""All providers that take mail by an API, by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gonfalon.channels.email.providers.brevo import BREVO
from gonfalon.channels.email.providers.mailgun import MAILGUN
from gonfalon.channels.email.providers.model import ApiProvider
from gonfalon.channels.email.providers.postmark import POSTMARK
from gonfalon.channels.email.providers.sendgrid import SENDGRID
from gonfalon.channels.email.providers.ses import SES
from gonfalon.channels.email.providers.sparkpost import SPARKPOST
from gonfalon.kit.errors import Invalid

_PLAIN = re.compile(r"[A-Za-z0-9._-]{1,253}")

PROVIDERS: dict[str, ApiProvider] = {each.name: each for each in (SES, SENDGRID, MAILGUN, POSTMARK, BREVO, SPARKPOST)}


def settings_of(provider: ApiProvider, given: Mapping[str, str]) -> dict[str, str]:
    """Return what an account has to say of itself, checked and with defaults. Raises Invalid."""
    known = {setting.name: setting for setting in provider.settings}
    found = {name: given.get(name, "").strip() or setting.default for name, setting in known.items()}
    for name, setting in known.items():
        fits = found[name] in setting.choices if setting.choices else bool(_PLAIN.fullmatch(found[name]))
        if not fits and not (setting.optional and not found[name]):
            raise Invalid("provider_setting", f"{provider.label} needs this setting: {name}.", name=name)
    return found
