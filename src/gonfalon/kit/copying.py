"""Binary COPY of whole columns of numbers into PostgreSQL: no row passes through Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString

import psycopg

ROWS = 100_000
"""So many rows are laid out at once."""


async def copy_integers(
    connection: psycopg.AsyncConnection[Any], into: LiteralString, columns: Sequence[int | bytes]
) -> None:
    """Write rows of 64-bit integers.

    into: the table and its columns, all bigint. columns: a number for all rows, or a column as little-endian 64-bit
    integers. A row is two bytes and twelve a field: its length of 8 and a big-endian integer. The columns of a block
    are laid into place byte by byte with slices.
    """
    row = len(columns).to_bytes(2, "big") + b"".join(
        b"\x00\x00\x00\x08" + (bytes(8) if isinstance(each, bytes) else each.to_bytes(8, "big", signed=True))
        for each in columns
    )
    given = [(6 + 12 * number, each) for number, each in enumerate(columns) if isinstance(each, bytes)]
    length, width = len(given[0][1]), len(row)
    async with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {into} from stdin (format binary)") as copy,
    ):
        await copy.write(b"PGCOPY\n\xff\r\n\x00" + bytes(8))
        for start in range(0, length, 8 * ROWS):
            end = min(length, start + 8 * ROWS)
            block = bytearray(row * ((end - start) // 8))
            for place, column in given:
                part = column[start:end]
                for byte in range(8):
                    block[place + byte :: width] = part[7 - byte :: 8]
            await copy.write(bytes(block))
        await copy.write(b"\xff\xff")
