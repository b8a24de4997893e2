"""Tables of the plumbing itself."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, Text

from gonfalon.kit.db import created_at, followed, metadata, row_id

tombstones = Table(
    "tombstones",
    metadata,
    row_id(),
    Column("table_name", Text, nullable=False),
    Column("key", BigInteger, nullable=False),
    followed(),
)
"""A deleted row of a followed table, so that the analytics copy can delete it as well."""

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("scope", Text, primary_key=True, comment="who asked: workspace and route"),
    Column("key", String(255), primary_key=True),
    Column("request_hash", LargeBinary, nullable=False),
    Column("status", Integer, nullable=True, comment="null while the first request is being answered"),
    Column("body", LargeBinary, nullable=True),
    created_at(),
)
"""First answers to requests that carry an Idempotency-Key; kept for 24 hours."""

rate_buckets = Table(
    "rate_buckets",
    metadata,
    Column("key", Text, primary_key=True),
    Column("window", BigInteger, primary_key=True, comment="unix seconds at which the window began"),
    Column("count", Integer, nullable=False),
    prefixes=["unlogged"],
)
"""How often something was tried in a window of time (sign-in, set-up)."""
