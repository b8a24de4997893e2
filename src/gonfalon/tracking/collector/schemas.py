"""Shapes of the collector's API (documentation of the fast path) and of event lists."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel


class EventName(BaseModel):
    """An event's name and how often it occurs among the newest 200,000 events."""

    name: str
    count: int


class EventProperty(BaseModel):
    """A property that events of a name have, as a condition asks for it: “total”, “tags[]” or “products[].sku”."""

    property: str
    type: Literal["text", "number", "boolean"]


_WHO: dict[str, Any] = {
    "userId": {"type": "string", "description": "The person's id in your own system."},
    "anonymousId": {"type": "string", "description": "A device's id before the person is known."},
    "email": {"type": "string", "description": "An address, where there is no id."},
    "messageId": {"type": "string", "description": "Repeat it to send again safely: it is kept once."},
    "timestamp": {"type": "string", "format": "date-time", "description": "When it happened."},
    "sentAt": {"type": "string", "format": "date-time", "description": "When you sent it, by the same clock."},
    "context": {"type": "object"},
}
_TRAITS: dict[str, Any] = {"traits": {"type": "object", "description": "Values of declared attributes, by key."}}
_PROPERTIES: dict[str, Any] = {
    "properties": {
        "type": "object",
        "description": "Anything; revenue (or total, or value) with currency becomes the event's amount.",
    }
}
BODIES: dict[str, dict[str, Any]] = {
    "track": {
        "type": "object",
        "required": ["event"],
        "properties": {"event": {"type": "string", "examples": ["Order Completed"]}, **_PROPERTIES, **_WHO},
    },
    "identify": {"type": "object", "properties": {**_TRAITS, **_WHO}},
    "page": {"type": "object", "properties": {"name": {"type": "string"}, **_PROPERTIES, **_WHO}},
    "screen": {"type": "object", "properties": {"name": {"type": "string"}, **_PROPERTIES, **_WHO}},
    "group": {"type": "object", "properties": {"groupId": {"type": "string"}, **_TRAITS, **_WHO}},
    "alias": {"type": "object", "properties": {"previousId": {"type": "string"}, **_WHO}},
    "batch": {
        "type": "object",
        "required": ["batch"],
        "properties": {
            "batch": {"type": "array", "maxItems": 2500, "items": {"type": "object"}},
            "sentAt": {"type": "string", "format": "date-time"},
        },
    },
}
