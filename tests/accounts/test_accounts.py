"""Setting up, signing in, roles, invitations, keys and the audit trail, through the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text

from gonfalon.accounts import store
from gonfalon.accounts.actions import open_session
from gonfalon.accounts.jobs import clear_ended_job
from gonfalon.accounts.model import Role
from gonfalon.kit.jobs import jobs
from gonfalon.kit.secrets import digest
from tests.conftest import World

PASSWORD = "a long enough secret"


@pytest.fixture
async def invited(world: World, client_of: Callable[..., httpx2.AsyncClient]) -> tuple[httpx2.AsyncClient, str, str]:
    """A creator who joined by invitation: their client, email and password."""
    email = f"{world.workspace.slug}@example.com"
    made = await world.http.post(f"{world.path}/invitations", json={"email": email, "role": "creator"})
    assert made.status_code == 201, made.text
    token = made.json()["link"].split("token=")[1]
    client = client_of()
    seen = await client.get("/api/v1/invitations", params={"token": token})
    assert seen.json()["workspace"] == world.workspace.name
    joined = await client.post("/api/v1/invitations/accept", json={"token": token, "name": "Ada", "password": PASSWORD})
    assert joined.json() == {"workspace": world.workspace.slug}
    again = await client.post("/api/v1/invitations/accept", json={"token": token, "name": "Ada", "password": PASSWORD})
    assert again.status_code == 404
    return client, email, PASSWORD


async def test_invitation_gives_a_session_and_the_role(
    world: World, invited: tuple[httpx2.AsyncClient, str, str]
) -> None:
    client, _, _ = invited
    me = (await client.get("/api/v1/me")).json()
    assert me["memberships"][0]["role"] == "creator"
    refused = await client.get(f"{world.path}/api-keys")
    assert refused.status_code == 403
    assert refused.json()["code"] == "permission_missing"
    assert refused.headers["content-type"] == "application/problem+json"


async def test_sign_in_answers_equally_for_unknown_address_and_wrong_password(
    invited: tuple[httpx2.AsyncClient, str, str], client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    _, email, password = invited
    client = client_of()
    wrong = await client.post("/api/v1/session", json={"email": email, "password": "not the password"})
    unknown = await client.post("/api/v1/session", json={"email": f"x{email}", "password": password})
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())
    right = await client.post("/api/v1/session", json={"email": email.upper(), "password": password})
    assert right.status_code == 204
    assert (await client.get("/api/v1/me")).json()["email"] == email


async def test_sign_in_is_limited_per_address(client_of: Callable[..., httpx2.AsyncClient], world: World) -> None:
    client = client_of()
    body = {"email": f"limit-{world.workspace.slug}@example.com", "password": "wrong"}
    answers = [(await client.post("/api/v1/session", json=body)) for _ in range(11)]
    assert {a.status_code for a in answers[:10]} == {401}
    assert answers[10].status_code == 429
    assert int(answers[10].headers["retry-after"]) > 0


async def test_signing_in_begins_the_count_anew(
    invited: tuple[httpx2.AsyncClient, str, str], client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    _, email, password = invited
    client = client_of()
    for _ in range(12):
        assert (await client.post("/api/v1/session", json={"email": email, "password": password})).status_code == 204


async def test_changing_the_password_ends_every_session(
    invited: tuple[httpx2.AsyncClient, str, str], client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    client, email, password = invited
    other = client_of()
    assert (await other.post("/api/v1/session", json={"email": email, "password": password})).status_code == 204
    refused = await client.post("/api/v1/me/password", json={"present": "wrong one", "new": "another long secret"})
    assert refused.json()["code"] == "password_wrong"
    changed = await client.post("/api/v1/me/password", json={"present": password, "new": "another long secret"})
    assert changed.status_code == 204
    for ended in (client, other):
        answer = await ended.get("/api/v1/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")


async def test_writes_from_another_site_are_refused(world: World) -> None:
    body = {"name": "Taken over", "time_zone": "Europe/Paris", "currency": "EUR", "language": "fr"}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        answer = await world.http.put(world.path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")
    assert (await world.http.get(world.path)).json()["name"] == world.workspace.name


async def test_another_workspace_looks_like_none(make_world: Callable[[], Awaitable[World]], world: World) -> None:
    other = await make_world()
    mine = await world.http.get(f"/api/v1/workspaces/{other.workspace.slug}")
    none = await world.http.get("/api/v1/workspaces/no-such-place")
    assert mine.status_code == none.status_code == 404
    assert mine.json() == none.json()


async def test_api_key_is_bound_to_its_workspace_and_scopes(
    world: World, make_world: Callable[[], Awaitable[World]], client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    other = await make_world()
    made = (await world.http.post(f"{world.path}/api-keys", json={"name": "Shop", "scopes": ["read"]})).json()
    client = client_of(headers={"authorization": f"Bearer {made['key']}"})
    assert (await client.get(f"{world.path}/audit")).status_code == 200
    assert (await client.get(f"{other.path}/audit")).status_code == 404
    assert (await client.post(f"{world.path}/api-keys", json={"name": "x", "scopes": ["read"]})).status_code == 403
    listed = (await world.http.get(f"{world.path}/api-keys")).json()
    assert made["key"] not in str(listed)
    assert (await world.http.delete(f"{world.path}/api-keys/{made['id']}")).status_code == 204
    assert (await client.get(f"{world.path}/audit")).status_code == 401


async def test_the_last_owner_stays(world: World) -> None:
    owner = world.ctx.actor.id
    for answer in (
        await world.http.put(f"{world.path}/members/{owner}", json={"role": "guest"}),
        await world.http.delete(f"{world.path}/members/{owner}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "last_owner")


async def test_audit_names_who_did_what(world: World) -> None:
    await world.http.put(
        world.path, json={"name": "Renamed", "time_zone": "Europe/Paris", "currency": "sek", "language": "sv"}
    )
    entries = (await world.http.get(f"{world.path}/audit", params={"action": "workspace."})).json()["items"]
    assert [(e["action"], e["actor_name"]) for e in entries] == [
        ("workspace.changed", world.ctx.actor.name),
        ("workspace.created", "Operator"),
    ]
    assert entries[0]["details"]["currency"] == "SEK"


async def test_audit_pages_without_gaps(world: World) -> None:
    for number in range(5):
        await world.http.post(f"{world.path}/api-keys", json={"name": f"Key {number}", "scopes": ["track"]})
    seen: list[int] = []
    cursor: str | None = None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await world.http.get(f"{world.path}/audit", params=query)).json()
        seen += [entry["id"] for entry in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == 6
    assert seen == sorted(seen, reverse=True)
    damaged = await world.http.get(f"{world.path}/audit", params={"cursor": "%%%"})
    assert damaged.json()["code"] == "cursor_invalid"


async def test_roles_are_the_permission_table(world: World) -> None:
    allowed = {role: (await (await world.member(role)).get(f"{world.path}/audit")).status_code for role in Role}
    assert {role for role, status in allowed.items() if status == 200} == {
        Role.OWNER,
        Role.MANAGER,
        Role.APPROVER,
        Role.ANALYST,
    }


async def test_what_is_over_is_deleted_and_what_can_be_used_stays(
    world: World, client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    owner = UUID(str(world.ctx.actor.id))
    ends = {"live": ("1 day", "1 day"), "past": ("-1 minute", "1 minute"), "unused": ("1 day", "15 days")}
    made = await world.http.post(f"{world.path}/invitations", json={"email": "new@example.com", "role": "guest"})
    async with world.services.db.transaction() as connection:
        for agent, (end, seen) in ends.items():
            token = await open_session(connection, owner, agent, "127.0.0.1")
            await connection.execute(
                text(
                    "update sessions set expires_at = now() + cast(:end as interval),"
                    " last_seen_at = now() - cast(:seen as interval) where token_hash = :hash"
                ),
                {"end": end, "seen": seen, "hash": digest(token)},
            )
        await connection.execute(
            text(
                "insert into invitations (id, workspace_id, email, role, token_hash, expires_at)"
                " values (gen_random_uuid(), :w, 'old@example.com', 'guest', :hash, now() - interval '91 days')"
            ),
            {"w": world.workspace.id, "hash": digest(world.workspace.slug)},
        )
        for name, age in (("old", "25 hours"), ("new", "23 hours")):
            mine = {
                "scope": world.workspace.slug,
                "name": name,
                "age": age,
                "u": owner,
                "hash": digest(name + str(owner)),
            }
            await connection.execute(
                text(
                    "insert into idempotency_keys (scope, key, request_hash, status, created_at)"
                    " values (:scope, :name, '', 200, now() - cast(:age as interval))"
                ),
                mine,
            )
            await connection.execute(
                text(
                    "insert into password_links (token_hash, user_id, expires_at)"
                    " values (:hash, :u, now() + interval '24 hours' - cast(:age as interval))"
                ),
                mine,
            )
        await store.count_try(connection, f"old:{world.workspace.slug}", world.ctx.now - timedelta(days=3), 900)
        await store.count_try(connection, f"new:{world.workspace.slug}", world.ctx.now, 900)
        assert await store.delete_ended(connection) >= 6
        answers = text("select key from idempotency_keys where scope = :s")
        assert (await connection.execute(answers, {"s": world.workspace.slug})).scalars().all() == ["new"]
        links = text("select token_hash from password_links where user_id = :u")
        assert (await connection.execute(links, {"u": owner})).scalars().all() == [digest("new" + str(owner))]
        sessions = text("select user_agent from sessions where user_id = :u order by user_agent")
        assert (await connection.execute(sessions, {"u": owner})).scalars().all() == ["live", "tests"]
        invited = text("select email from invitations where workspace_id = :w")
        assert (await connection.execute(invited, {"w": world.workspace.id})).scalars().all() == ["new@example.com"]
        tries = text("select key from rate_buckets where key like :slug")
        left = (await connection.execute(tries, {"slug": f"%:{world.workspace.slug}"})).scalars().all()
        assert left == [f"new:{world.workspace.slug}"]
    token = made.json()["link"].split("token=")[1]
    assert (await client_of().get("/api/v1/invitations", params={"token": token})).status_code == 200


def test_clearing_is_a_daily_job() -> None:
    (periodic,) = (each for each in jobs.periodic_registry.periodic_tasks.values() if each.task is clear_ended_job)
    assert periodic.cron == "17 3 * * *"


async def test_what_lets_somebody_in_is_kept_as_a_hash(
    world: World, invited: tuple[httpx2.AsyncClient, str, str]
) -> None:
    """Passwords by Argon2id; sessions, keys, invitations by a hash: a copy of the database opens nothing."""
    client, email, password = invited
    key = (await world.http.post(f"{world.path}/api-keys", json={"name": "Shop", "scopes": ["read"]})).json()["key"]
    body = {"email": "later@example.com", "role": "guest"}
    link = (await world.http.post(f"{world.path}/invitations", json=body)).json()["link"]
    secrets = [password, key, link.split("token=")[1], str(client.cookies["gonfalon_session"])]
    async with world.services.db.reading() as connection:
        stored = await connection.execute(text("select password_hash from users where email = :e"), {"e": email})
        assert stored.scalar_one().startswith("$argon2id$")
        for table in ("users", "sessions", "api_keys", "invitations", "audit_entries", "procrastinate_jobs"):
            rows = await connection.execute(text(f"select t::text from {table} t"))
            kept = "\n".join(rows.scalars())
            for secret in secrets:
                assert secret not in kept, table
                assert secret.encode().hex() not in kept, table
