"""Pure: what a visitor sent, understood; and signs that a person sent it."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from gonfalon.forms.definition import (
    OTHER,
    ChoiceField,
    ConsentField,
    DateField,
    EmailField,
    FormDefinition,
    HiddenField,
    MatrixField,
    NoteField,
    NumberField,
    PhoneField,
    ScaleField,
    TextField,
    TickField,
)
from gonfalon.forms.rules import is_shown
from gonfalon.kit.cells import Unreadable, read_number
from gonfalon.kit.errors import Invalid
from gonfalon.kit.moments import read_day
from gonfalon.kit.numbers import NotANumber, read_decimal
from gonfalon.people.identities.model import Identified
from gonfalon.people.identities.rules import normalise_email, normalise_phone

OTHER_WORDS: Final = "__other"
"""After a field's id: what the visitor wrote beside the option “other”."""
LONGEST_OTHER: Final = 500
WORK_BITS: Final = 16
"""Zero bits that the proof of work begins with: about a tenth of a second for a browser, once an answer."""
CHALLENGE_SECONDS: Final = 4 * 3600
_YES: Final = frozenset({"on", "yes", "true", "1"})

Posted = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field: a code that the page has words for, and the values in these words."""

    code: str
    values: Mapping[str, str]


class _Wrong(Exception):
    def __init__(self, code: str, **values: object) -> None:
        self.fault = Fault(code, {key: str(value) for key, value in values.items()})


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer as it was understood. values: by the field's id, nothing for what was left out or not asked."""

    values: dict[str, Any]
    faults: dict[str, Fault]
    who: Identified


def read_answers(form: FormDefinition, posted: Posted, country: str) -> Reading:
    """Understand what was sent. Fields whose condition does not hold count as not asked, whatever was sent for them.

    country: whose national phone numbers are read (ISO 3166-1).
    """
    values: dict[str, Any] = {}
    faults: dict[str, Fault] = {}
    email = phone = None
    for each in form.fields():
        if isinstance(each, NoteField):
            continue
        if isinstance(each, HiddenField):
            if (given := _first(posted, each.id)) and len(given) <= LONGEST_OTHER:
                values[each.id] = given
            continue
        if not is_shown(each.show_if, values):
            continue
        try:
            value = _READ[type(each)](each, posted, country)
        except _Wrong as wrong:
            faults[each.id] = wrong.fault
            continue
        if value is None:
            if each.required:
                faults[each.id] = Fault("tick" if isinstance(each, TickField | ConsentField) else "required", {})
            continue
        values[each.id] = value
        if isinstance(each, EmailField):
            email = value
        elif isinstance(each, PhoneField):
            phone = value
    return Reading(values, faults, Identified(email=email, phone=phone))


def _first(posted: Posted, key: str) -> str:
    given = posted.get(key) or ("",)
    return given[0].replace("\0", "").strip()


def _read_text(each: TextField, posted: Posted, _: str) -> str | None:
    given = _first(posted, each.id)
    found = given if each.kind == "long_text" else " ".join(given.split())
    if len(found) > each.longest:
        raise _Wrong("long", most=each.longest)
    return found or None


def _read_email(each: EmailField, posted: Posted, _: str) -> str | None:
    given = _first(posted, each.id)
    try:
        return normalise_email(given) if given else None
    except Invalid as error:
        raise _Wrong("email") from error


def _read_phone(each: PhoneField, posted: Posted, country: str) -> str | None:
    given = _first(posted, each.id)
    try:
        return normalise_phone(given, country) if given else None
    except Invalid as error:
        raise _Wrong("phone") from error


def _read_number(each: NumberField, posted: Posted, _: str) -> int | float | None:
    given = _first(posted, each.id)
    if not given:
        return None
    try:
        number = read_number(given[:60])
    except (Unreadable, NotANumber) as error:
        raise _Wrong("number") from error
    if abs(number) > 10**15 or (each.whole and number != number.to_integral_value()):
        raise _Wrong("whole" if each.whole else "number")
    if each.least is not None and number < read_decimal(each.least):
        raise _Wrong("small", least=f"{each.least:g}")
    if each.most is not None and number > read_decimal(each.most):
        raise _Wrong("large", most=f"{each.most:g}")
    return int(number) if number == number.to_integral_value() else float(number)


def _read_date(each: DateField, posted: Posted, _: str) -> str | None:
    given = _first(posted, each.id)
    if not given:
        return None
    try:
        day: date = read_day(given[:60])
    except Unreadable as error:
        raise _Wrong("date") from error
    if each.earliest is not None and day < each.earliest:
        raise _Wrong("early", day=each.earliest.isoformat())
    if each.latest is not None and day > each.latest:
        raise _Wrong("late", day=each.latest.isoformat())
    return day.isoformat()


def _read_choice(each: ChoiceField, posted: Posted, _: str) -> Any:
    given = list(dict.fromkeys(value for value in posted.get(each.id, ()) if value))
    known = {option.value for option in each.options} | ({OTHER} if each.other else set())
    if not set(given) <= known:
        raise _Wrong("choice")
    chosen: list[Any] = []
    for value in given:
        if value == OTHER and each.other:
            words = _first(posted, each.id + OTHER_WORDS)
            if not words:
                raise _Wrong("other")
            if len(words) > LONGEST_OTHER:
                raise _Wrong("long", most=LONGEST_OTHER)
            chosen.append({OTHER: words})
        else:
            chosen.append(value)
    if each.kind == "choice":
        if len(chosen) > 1:
            raise _Wrong("one")
        return chosen[0] if chosen else None
    if each.most is not None and len(chosen) > each.most:
        raise _Wrong("many", most=each.most)
    return chosen or None


def _read_scale(each: ScaleField, posted: Posted, _: str) -> int | None:
    given = _first(posted, each.id)
    if not given:
        return None
    least, most = (0, 10) if each.kind == "nps" else (each.least, each.most)
    if not (given.isascii() and given.isdigit() and len(given) < 3 and least <= int(given) <= most):
        raise _Wrong("choice")
    return int(given)


def _read_matrix(each: MatrixField, posted: Posted, _: str) -> dict[str, str] | None:
    known = {option.value for option in each.options}
    chosen = {row.value: given for row in each.rows if (given := _first(posted, f"{each.id}__{row.value}"))}
    if not set(chosen.values()) <= known:
        raise _Wrong("choice")
    if each.required and len(chosen) < len(each.rows):
        raise _Wrong("rows")
    return chosen or None


def _read_tick(each: TickField | ConsentField, posted: Posted, _: str) -> bool | None:
    ticked = _first(posted, each.id).lower() in _YES
    return True if ticked else None


_READ: Final[Mapping[type, Callable[[Any, Posted, str], Any]]] = {
    TextField: _read_text,
    EmailField: _read_email,
    PhoneField: _read_phone,
    NumberField: _read_number,
    DateField: _read_date,
    ChoiceField: _read_choice,
    ScaleField: _read_scale,
    MatrixField: _read_matrix,
    TickField: _read_tick,
    ConsentField: _read_tick,
}


def make_challenge(key: bytes, form_id: object, now: datetime) -> str:
    """Return what a page gives the visitor's browser to work on: when it was made, signed for this form."""
    stamp = str(int(now.timestamp()))
    return f"{stamp}.{_seal(key, form_id, stamp)}"


def is_worked(key: bytes, form_id: object, challenge: str, proof: str, now: datetime) -> bool:
    """Return whether the challenge is ours and fresh, and the proof holds: SHA-256 of `challenge:proof` begins with
    zeros.

    The same challenge may be used again within its hours; the answer's own key keeps an answer from counting twice.
    """
    stamp, _, seal = challenge.partition(".")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12 and len(proof) <= 20):
        return False
    if not hmac.compare_digest(seal.encode(), _seal(key, form_id, stamp).encode()):
        return False
    if not 0 <= now.timestamp() - int(stamp) + 1 <= CHALLENGE_SECONDS:
        return False
    worked = sha256(f"{challenge}:{proof}".encode()).digest()
    return int.from_bytes(worked[:4]) >> (32 - WORK_BITS) == 0


def _seal(key: bytes, form_id: object, stamp: str) -> str:
    return hmac.digest(key, f"{form_id} {stamp}".encode(), "sha256").hex()[:32]
