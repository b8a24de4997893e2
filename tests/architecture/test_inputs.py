"""What requests bring is of types that are bounded: days between 1900 and 2200, numbers with few digits."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import AfterValidator, AwareDatetime, BaseModel

from gonfalon.entry import rooms
from gonfalon.kit.days import check_day


def taken(dependant: Dependant, name: str) -> Iterator[tuple[str, Any, list[Any]]]:
    """Every plain value that a route takes: where, its type, and what is said about it."""
    for field in [*dependant.query_params, *dependant.path_params, *dependant.body_params, *dependant.header_params]:
        yield from plain(
            field.field_info.annotation, list(field.field_info.metadata), f"{name} {field.name}", frozenset()
        )
    for inner in dependant.dependencies:
        yield from taken(inner, name)


def plain(kind: Any, said: list[Any], where: str, above: frozenset[Any]) -> Iterator[tuple[str, Any, list[Any]]]:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        yield from plain(inner[0], said + list(inner[1:]), where, above)
    elif hasattr(kind, "__value__"):
        yield from plain(kind.__value__, said, where, above)
    elif origin is not None:
        for each in inner:
            yield from plain(each, said if origin in (typing.Union, types.UnionType) else [], where, above)
    elif inspect.isclass(kind) and issubclass(kind, BaseModel):
        if kind not in above:
            hints = typing.get_type_hints(kind, include_extras=True)
            for name, field in kind.model_fields.items():
                yield from plain(
                    hints.get(name, field.annotation), list(field.metadata), f"{where}.{name}", above | {kind}
                )
    elif is_dataclass(kind):
        if kind not in above:
            for name, hint in typing.get_type_hints(kind, include_extras=True).items():
                yield from plain(hint, [], f"{where}.{name}", above | {kind})
    else:
        yield where, kind, said


def test_days_and_numbers_of_requests_are_bounded() -> None:
    loose, days = [], 0
    for router in (router for room in rooms.ROOMS for router in (*room.api, *room.public)):
        for route in router.routes:
            if not isinstance(route, APIRoute):
                continue
            for where, kind, said in taken(route.dependant, str(route.operation_id)):
                about = [part for each in said for part in (each, *getattr(each, "metadata", ()))]
                if kind in (date, datetime) or kind is AwareDatetime:
                    days += 1
                    if not any(isinstance(each, AfterValidator) and each.func is check_day for each in about):
                        loose.append(where)
                elif kind is Decimal and not any(
                    getattr(each, "max_digits", getattr(each, "decimal_places", None)) for each in about
                ):
                    loose.append(where)
    assert loose == [], "take days as Day or Moment of kit/days.py, numbers with max_digits or decimal_places"
    assert days > 50
