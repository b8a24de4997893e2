"""Files to import, and how tests import them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from gonfalon.people.tables import people
from tests.conftest import World, eventually

HILLSTROM = (
    "customer_id", "email", "months_since_last_order", "spend_past_year", "spend_band", "bought_mens",
    "bought_womens", "area", "new_customer", "channel",
)  # fmt: skip
CONSENT_AT = datetime(2025, 3, 1, 12, tzinfo=UTC)


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    """A CSV file in UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([header, *rows])
    return text.getvalue().encode()


def customers(count: int, start: int = 0) -> bytes:
    """A file of `count` well-behaved customers."""
    rows = [
        [f"C{n}", f"customer{n}@example.com", f"Ada {n}", str(n), ("North", "South")[n % 2], "1" if n % 3 else "0"]
        for n in range(start, start + count)
    ]
    return csv_bytes(["customer_id", "email", "first_name", "visits", "area", "member"], rows)


async def upload(world: World, content: bytes, name: str = "people.csv") -> dict[str, Any]:
    """Uploads a file and gives the import as the API shows it."""
    made = await world.http.post(f"{world.path}/imports", params={"file_name": name}, content=content)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def consent_plan(world: World) -> dict[str, Any]:
    """Consent of the first topic on email."""
    topics = (await world.http.get(f"{world.path}/topics")).json()
    return {
        "channel": "email",
        "topic_ids": [topics[0]["id"]],
        "at": CONSENT_AT.isoformat(),
        "origin": "Sign-up form of the shop",
        "wording": "Yes, write to me.",
    }


async def start(world: World, uploaded: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Starts an uploaded file with its suggested plan and some changes; waits for the end."""
    plan = uploaded["detected"]["suggested"] | changes
    path = f"{world.path}/imports/{uploaded['id']}"
    begun = await world.http.post(f"{path}/start", json=plan)
    assert begun.status_code == 202, begun.text

    async def over() -> dict[str, Any] | None:
        found: dict[str, Any] = (await world.http.get(path)).json()
        return found if found["state"] not in ("uploaded", "running") else None

    ended: dict[str, Any] = await eventually(over)
    return ended


async def take_in(world: World, content: bytes, name: str = "people.csv", **changes: Any) -> dict[str, Any]:
    """Uploads and imports; the import's result. Fails when the import did."""
    ended = await start(world, await upload(world, content, name), **changes)
    assert ended["state"] == "finished", ended["error"]
    result: dict[str, Any] = ended["result"]
    return result | {"id": ended["id"]}


def write_hillstrom(target: Path, count: int) -> None:
    """A file shaped like the Hillstrom people with any number of rows, for benchmarks."""
    bands = ("1) $0 - $100", "2) $100 - $200", "3) $200 - $350")
    with target.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HILLSTROM)
        for n in range(count):
            writer.writerow(
                (
                    f"H{n:07}", f"h{n:07}@example.com", n % 12 + 1, f"{n % 50000 / 100:.2f}", bands[n % 3], n % 2,
                    (n + 1) % 2, ("Surburban", "Rural", "Urban")[n % 3], n // 2 % 2, ("Phone", "Web")[n % 2],
                )
            )  # fmt: skip


async def everybody(world: World) -> dict[str, Any]:
    """The workspace's people by email."""
    async with world.ctx.reading() as connection:
        rows = await connection.execute(select(people).where(people.c.workspace_id == world.workspace.id))
        return {row.email: row for row in rows}
