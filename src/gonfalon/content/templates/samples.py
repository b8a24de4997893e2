"""Made-up people whom mails are broken by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gonfalon.content.templates.model import Sample

DIFFICULT_PEOPLE: Final[Mapping[Sample, Mapping[str, Any]]] = {
    Sample.NAMELESS: {"email": "someone@example.com"},
    Sample.LONG: {
        "first_name": "Maximiliane-Alexandrina Konstantinopolitana",
        "last_name": "von und zu Hohenwartenfels-Oberkirchberg",
        "email": "maximiliane-alexandrina.hohenwartenfels-oberkirchberg@long-addresses.example.com",
        "city": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    },
    Sample.CHINESE: {"first_name": "晓明", "last_name": "欧阳", "email": "xiaoming@example.com", "city": "哈尔滨"},
    Sample.RIGHT_TO_LEFT: {"first_name": "محمد", "last_name": "العبدالله", "email": "m@example.com", "city": "الرياض"},
}
