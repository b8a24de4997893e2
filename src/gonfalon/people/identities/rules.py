"""How identities are normalised, so that one person's address is always the same text.

The usual forms take a fast path (imports have millions of them); everything else is asked of the libraries
made for it, which decide.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat

from gonfalon.accounts.rules import normalise_email as normalise_unusual_email
from gonfalon.kit.cells import bare
from gonfalon.kit.errors import Invalid
from gonfalon.kit.secrets import SecretBox

MAX_EXTERNAL_ID = 255

_PLAIN_EMAIL = re.compile(
    r"(?!')[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_NAMED_EMAIL = re.compile(r"[^<>@]*<\s*([^<>\s]+@[^<>\s]+)\s*>")
_PUNCTUATION = str.maketrans("", "", " \t\u00a0\u202f-–().·/")
_NO_SIGN = re.compile(r"[\W_0]*")
_QUOTES = " \t\"'“”‘’<>[](){}"
_NOBODY = frozenset(
    ["null", "undefined", "nan", "none", "nil", "void", "na", "n/a", "n.a.", "n.a", "n.d.", "н/д", "b/d", "s/o",
     "unknown",
     "anonymous", "anon", "guest", "visitor", "nobody", "unidentified", "unassigned", "id", "email", "distinctid",
     "distinct_id", "not_authenticated", "true", "false", "inf", "-inf", "infinity", "-1", "object object",
     "not set", "not provided", "not available", "not applicable", "missing", "empty", "blank", "no id",
     "no email", "no phone", "not given", "none given", "not known", "not specified", "tbd", "\\n",
     "anonymous user", "unknown user", "guest user", "user id", "userid",
     "customer id", "anonymous id", "external id", "ext id", "non renseigné", "non précisé", "non communiqué",
     "non connu", "ej angivet", "ej angiven", "ej känd", "uppgift saknas", "inte angivet", "keine angabe",
     "nicht bekannt", "nicht angegeben", "ohne angabe", "暂无", "不详", "未填写", "未提供", "ー",
     "inconnu", "inconnue", "aucun", "aucune", "anonyme", "invité",
     "okänd", "okänt", "saknas", "ingen", "inget", "gäst", "unbekannt", "keine", "k.a.", "gast", "anonym",
     "onbekend", "geen", "desconocido", "ninguno", "sin dato", "sconosciuto", "nessuno", "desconhecido", "nenhum",
     "brak", "nieznany", "neznámý", "bilinmiyor", "misafir", "άγνωστο", "неизвестно", "неизвестен", "гость",
     "未知", "无", "無", "没有", "沒有", "空", "匿名", "游客", "訪客", "ゲスト", "不明", "なし", "비회원", "없음",
     "알 수 없음", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
     "da39a3ee5e6b4b0d3255bfef95601890afd80709", "d41d8cd98f00b204e9800998ecf8427e"]
)  # fmt: skip
"""Words for nobody, and what SHA-256, SHA-1 and MD5 make of nothing at all."""
_NO_VALUE = re.compile(
    r"#¡?[^\W\d_/0]+(?:/[^\W\d_]+|/0)?[!?]?|\{\{.*\}\}|\{%.*%\}|\$\{.*\}|%%.*%%|\*\|.*\|\*|<%.*%>|%[a-z_]+%|\[\[.*\]\]"
)
"""An error of a spreadsheet in any language (#N/A, #NV, #WERT!), and a template's field that nobody filled in."""
_WHOLE = re.compile(r"([0-9]+)[.,]0+")
_POWER = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+([0-9]{1,2})")
_DIGITS = tuple("123456789")


def is_nobody(given: str) -> bool:
    """Return whether a text in the place of an id, address or number stands for nobody: null, undefined, n/a, 0, -,
    zeros.

    Programs and spreadsheets write such where they know none; taken for an id it makes one person of strangers.
    """
    found = bare(given)
    if not found.isascii() and not any(letter.isalnum() for letter in found):
        return True
    word = found.casefold().strip(_QUOTES)
    return bool(
        _NO_SIGN.fullmatch(found)
        or _NO_VALUE.fullmatch(found)
        or word in _NOBODY
        or (parts := word.replace("_", " ").replace("-", " ").strip()) in _NOBODY
        or (" " in parts and {*parts.split()} <= {"null", "undefined", "none", "nan", "nil"})
        or re.sub(r"\s*/\s*", "/", word) in _NOBODY
    )


def unspoiled(given: str) -> str:
    """Return an id or number without what spreadsheets do to it: text marks, blanks, "123.0", "4.9151234567E+10".

    Raises Invalid (`digits_lost`) for a power of ten whose last digits are gone: whose it was cannot be known.
    """
    found = bare(given)
    while found[:1] == "'":
        found = found[1:].lstrip()
    if found.isdigit():
        return found
    if whole := _WHOLE.fullmatch(found):
        return whole[1]
    if power := _POWER.fullmatch(found):
        rest, places = power[2] or "", int(power[3])
        if len(rest) < places and places > 3:
            raise Invalid(
                "digits_lost",
                f"A spreadsheet has cut off digits of “{found[:40]}”; export them as text.",
                value=found[:40],
            )
        if len(rest) <= places:
            return f"{power[1]}{rest}{'0' * (places - len(rest))}"
    return found


def normalise_email(given: str) -> str:
    """Return the address in lower case; raises Invalid when it is not one. Asks no DNS.

    A domain beyond ASCII is kept as people read it: "@xn--mller-kva.example" and "@müller.example" are one address.
    """
    found = given.strip().lower()
    if len(found) <= 254 and found.find("@") <= 64 and "xn--" not in found and _PLAIN_EMAIL.fullmatch(found):
        return found
    plain = bare(found)
    if named := _NAMED_EMAIL.fullmatch(plain):
        plain = named[1]  # Ada Byron <ada@example.com>
    return normalise_unusual_email(plain.strip("'\"<>").removeprefix("mailto:").rstrip(".;,"))


def normalise_phone(given: str, country: str = "") -> str:
    """Return the number as E.164 (+46701234567); raises Invalid when it cannot be one.

    country: ISO 3166 code that numbers without + belong to; "" refuses them.
    """
    plain = unspoiled(given)
    digits = plain.translate(_PUNCTUATION)
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
    return _unusual_phone(plain, country)


def _unusual_phone(given: str, country: str) -> str:
    """What the library makes of it: as written, or with the + that a spreadsheet took away."""
    region = country.upper() or None
    mine = f"{phonenumbers.country_code_for_region(region)}" if region else ""
    ways = [(given, region)]
    if region and given[:1] in _DIGITS:
        # 49151… in Germany lacks its + sooner than its 0; 151… lacks the 0, and in no country it lacks the +.
        ways.insert(0 if mine and given.startswith(mine) and len(given) > 10 else 1, (f"+{given}", None))
    found = [number for way in ways if (number := _parsed(*way)) is not None]
    best = next((number for number in found if phonenumbers.is_valid_number(number)), found[0] if found else None)
    if best is None:
        raise Invalid("phone_invalid", f"“{given[:40]}” is not a phone number that can be called.", value=given[:40])
    return phonenumbers.format_number(best, PhoneNumberFormat.E164)


def _parsed(given: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(given, region)
    except NumberParseException:
        return None
    whole = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    return number if whole else None


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
    """Return the id as the customer's system writes it; raises Invalid for an empty, overlong or nobody's one."""
    found = unspoiled(given)
    if found and is_nobody(found):
        raise Invalid(
            "external_id_nobody", f"“{found[:40]}” is nobody’s id: leave it out where there is none.", value=found[:40]
        )
    if not 1 <= len(found) <= MAX_EXTERNAL_ID or "\x00" in found:
        raise Invalid(
            "external_id_invalid", f"An external id has 1 to {MAX_EXTERNAL_ID} characters.", most=MAX_EXTERNAL_ID
        )
    return found


def erased_key(secrets: SecretBox) -> bytes:
    """Return the installation's key under which erased people stay recognisable, and unreadable."""
    return secrets.key("people/erased")


def keyed_hash(key: bytes, kind: str, value: str) -> bytes:
    """Return what a normalised identity is recognised by where it must not be readable: 32 bytes.

    SHA-256 of the key and the identity, because statements in `sql/` compute it too.
    """
    return hashlib.sha256(key + f"{kind}:{value}".encode("utf-8", "replace")).digest()
