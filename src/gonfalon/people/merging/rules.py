"""Pure decisions on merges."""

from __future__ import annotations

from gonfalon.people.consent.model import ConsentState
from gonfalon.people.merging.model import IdentityPlace, MergedValue, MovedIdentity
from gonfalon.people.profiles.model import Person

PRIMARY = {"email": "email", "phone": "phone", "external": "external_id"}
"""Column of a person by kind of identity."""


def identities_moved(kept: Person, gone: Person, beside: list[tuple[str, str]]) -> list[MovedIdentity]:
    """Return where each identity of the person who goes is found afterwards; a primary one fills an empty place."""
    primary = [(kind, value) for kind, column in PRIMARY.items() if (value := getattr(gone, column))]
    return [
        *(
            MovedIdentity(kind, value, IdentityPlace.BESIDE if getattr(kept, PRIMARY[kind]) else IdentityPlace.PRIMARY)
            for kind, value in primary
        ),
        *(MovedIdentity(kind, value, IdentityPlace.BESIDE) for kind, value in beside),
    ]


def values_merged(kept: Person, gone: Person) -> list[MergedValue]:
    """Return every attribute of both, those that differ first."""
    found = [
        MergedValue(key, kept.attributes.get(key), gone.attributes.get(key))
        for key in sorted({*kept.attributes, *gone.attributes})
    ]
    return sorted(found, key=lambda each: not (differs(each) and each.kept is not None and each.gone is not None))


def differs(value: MergedValue) -> bool:
    """Return whether the two say something else."""
    return value.kept != value.gone


def stricter(kept: ConsentState | None, gone: ConsentState | None) -> ConsentState:
    """Return what holds of what was said: withdrawn by either, else what the person who stays said."""
    if ConsentState.WITHDRAWN in (kept, gone):
        return ConsentState.WITHDRAWN
    return kept or gone or ConsentState.WITHDRAWN


def stricter_tracking(kept: bool | None, gone: bool | None) -> bool | None:
    """Return whether somebody may be measured: not if either refused, else if one agreed."""
    return False if gone is False else kept if kept is not None else gone
