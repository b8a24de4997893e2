"""How identities are normalised, so that one person's address is always the same text.

The usual forms take a fast path (imports have millions of them); everything else is asked of the libraries
made for it, which decide.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

import phonenumbers
from babel.core import get_global
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat

from gonfalon.accounts.rules import normalise_email as normalise_unusual_email
from gonfalon.kit.errors import Invalid
from gonfalon.kit.secrets import SecretBox

MAX_EXTERNAL_ID = 255

_PLAIN_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_PUNCTUATION = str.maketrans("", "", " \t\u00a0\u202f-–().·/")


def normalise_email(given: str) -> str:
    """The address in lower case; raises Invalid when it is not one. Asks no DNS."""
    found = given.strip().lower()
    if len(found) <= 254 and found.find("@") <= 64 and _PLAIN_EMAIL.fullmatch(found):
        return found
    return normalise_unusual_email(found)


def normalise_phone(given: str, country: str = "") -> str:
    """The number as E.164 (+46701234567); raises Invalid when it cannot be one.

    country: ISO 3166 code that numbers without + belong to; "" refuses them.
    """
    digits = given.strip().translate(_PUNCTUATION)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if digits.startswith("+") and digits[1:].isascii() and digits[1:].isdigit():
        for length in (1, 2, 3):
            if _fits(digits[1 : 1 + length], len(digits) - 1 - length) and digits[1 + length] != "0":
                return digits
    elif country and digits.isascii() and digits.isdigit() and digits[:1] == "0" and digits[1:2] != "0":
        code = _zero_prefixed(country)
        if code and _fits(code, len(digits) - 1):
            return f"+{code}{digits[1:]}"
    return _unusual_phone(given, country)


def _unusual_phone(given: str, country: str) -> str:
    try:
        number = phonenumbers.parse(given, country.upper() or None)
    except NumberParseException as error:
        raise Invalid("phone_invalid", f"“{given[:40]}” is not a phone number that can be called.") from error
    if not phonenumbers.is_possible_number(number):
        raise Invalid("phone_invalid", f"“{given[:40]}” is not a phone number that can be called.")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


@cache
def _fits(code: str, length: int) -> bool:
    """Whether numbers of a country code may have that many national digits."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code.isdigit() else None
    if not regions or regions[0] == "001" or str(int(code)) != code:
        return False
    metadata = PhoneMetadata.metadata_for_region(regions[0], None)
    return (
        metadata is not None and metadata.general_desc is not None and length in metadata.general_desc.possible_length
    )


@cache
def _zero_prefixed(country: str) -> str:
    """The country code where dialling 0 and nothing else stands for it, or ""."""
    metadata = PhoneMetadata.metadata_for_region(country.upper(), None)
    if metadata is None or metadata.national_prefix != "0" or metadata.national_prefix_transform_rule:
        return ""
    return str(metadata.country_code) if metadata.national_prefix_for_parsing == "0" else ""


def normalise_external_id(given: str) -> str:
    """The id as the customer's system writes it; raises Invalid for an empty or overlong one."""
    found = given.strip()
    if not 1 <= len(found) <= MAX_EXTERNAL_ID or "\x00" in found:
        raise Invalid("external_id_invalid", f"An external id has 1 to {MAX_EXTERNAL_ID} characters.")
    return found


def country_of_zone(time_zone: str) -> str:
    """The country a time zone lies in (CLDR), "" when it is none's: whose national numbers a workspace writes."""
    return str(get_global("zone_territories").get(time_zone, ""))


def erased_key(secrets: SecretBox) -> bytes:
    """The installation's key under which erased people stay recognisable, and unreadable."""
    return secrets.key("people/erased")


def keyed_hash(key: bytes, kind: str, value: str) -> bytes:
    """What a normalised identity is recognised by where it must not be readable: 32 bytes.

    SHA-256 of the key and the identity, because statements in `sql/` compute it too.
    """
    return hashlib.sha256(key + f"{kind}:{value}".encode("utf-8", "replace")).digest()
