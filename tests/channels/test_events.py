"""What providers tell of mail: believed only when it is theirs, once however often it comes, in any order."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID
from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.channels.email.mime import ReturnPath
from gonfalon.channels.email.provider import RETURN_PATH
from gonfalon.channels.email.providers.every import PROVIDERS
from gonfalon.channels.email.providers.fetching import Fetcher
from gonfalon.kit import clock
from gonfalon.kit.network import Reach
from tests.channels.fake_api import KEY, KEY_ID, TOO_MUCH, FakeApi
from tests.channels.test_providers import GIVEN
from tests.channels.test_returns import ledger, sent, suppressed
from tests.conftest import World, eventually
from tests.delivery.factory import addresses, launch, make_people, make_topic, states
from tests.delivery.test_sending import sender

PAYLOADS = Path(__file__).parents[1] / "payloads" / "mail"
SIGNING = "mailgun-signing-key"
EC_KEY = ec.generate_private_key(ec.SECP256R1())
RSA_KEY = rsa.generate_private_key(65537, 2048)
CERTIFICATE = "https://sns.eu-north-1.amazonaws.com/SimpleNotificationService-0000.pem"
CONFIRM = "https://sns.eu-north-1.amazonaws.com/?Action=ConfirmSubscription&Token=t"
BOUNCES = ["ses_bounce", "sendgrid_bounce", "sendgrid_dropped", "mailgun_bounce", "mailgun_gone", "postmark_bounce",
           "brevo_bounce", "sparkpost_bounce"]  # fmt: skip
SOFT = ["ses_full", "sendgrid_blocked", "postmark_soft", "brevo_soft", "sparkpost_blocked"]
EVERY = sorted(PROVIDERS)


def certificate() -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, RSA_KEY.public_key(), 7, now, now + timedelta(days=9))
    return made.sign(RSA_KEY, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


class Calls:
    """A workspace whose mail leaves by a provider, and that provider's calls to it."""

    def __init__(self, world: World, provider: str, returns: dict[str, Any]) -> None:
        self.world, self.provider = world, provider
        self.path = "/in/" + returns["address"].partition("/in/")[2]
        self.password = returns["password"]

    @classmethod
    async def of(cls, world: World, provider: str, port: int = 0) -> Calls:
        public = EC_KEY.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        key = {"sendgrid": base64.b64encode(public).decode(), "mailgun": SIGNING}.get(provider)
        at = {"host": "127.0.0.1", "port": port, "security": "none"} if port else {}
        saved = await world.http.put(
            f"{world.path}/email/settings",
            json={
                "provider": provider,
                "username": KEY_ID,
                "password": KEY,
                "options": GIVEN.get(provider, {}),
                "events_key": key,
            }
            | at,
        )
        assert saved.status_code == 200, saved.text
        world.services.put(Fetcher, Fetcher(Reach(False), {CERTIFICATE: certificate(), CONFIRM: b"ok"}))
        return cls(world, provider, (await world.http.get(f"{world.path}/email/returns")).json()["events"])

    def reference(self, message: int) -> str:
        address = ReturnPath("x.example", self.world.services.secrets.key(RETURN_PATH)).address(message)
        return address.removeprefix("bounce+").partition("@")[0]

    def event(self, name: str, message: int, key: str = "") -> bytes:
        """A payload that is about a message; key: what makes the event another one."""
        raw = (PAYLOADS / f"{name}.json").read_text().replace("{reference}", self.reference(message))
        for known in ("883953f4-6105-42a2-a16a-77a8eac79483", "202208241133", "92356927693813856"):
            raw = raw.replace(known, f"{known}{key}")
        if key:
            raw = raw.replace('"sg_event_id": "', f'"sg_event_id": "{key}').replace('"id": "', f'"id": "{key}')
        return raw.encode()

    async def tell(self, name: str, message: int, key: str = "", **forged: Any) -> int:
        body = self.event(name, message, key)
        headers = {"content-type": "application/json"}
        match self.provider:
            case "ses":
                body = self.signed("Notification", Message=body.decode(), MessageId=f"{name}-{message}{key}", **forged)
            case "sendgrid":
                stamp = "1600112502"
                signature = EC_KEY.sign(stamp.encode() + body, ec.ECDSA(hashes.SHA256()))
                headers |= {
                    "x-twilio-email-event-webhook-timestamp": forged.get("stamp", stamp),
                    "x-twilio-email-event-webhook-signature": base64.b64encode(signature).decode(),
                }
            case "mailgun":
                moment = str(int((clock.utcnow() - forged.get("ago", timedelta())).timestamp()))
                token = json.loads(body)["signature"]["token"]
                proof = hmac.new(forged.get("signing", SIGNING).encode(), (moment + token).encode(), hashlib.sha256)
                body = body.replace(b"{timestamp}", moment.encode()).replace(b"{signature}", proof.hexdigest().encode())
            case "brevo":
                headers["authorization"] = f"Bearer {forged.get('password', self.password)}"
            case _:
                shown = base64.b64encode(f"gonfalon:{forged.get('password', self.password)}".encode())
                headers["authorization"] = f"Basic {shown.decode()}"
        self.answer = await self.world.http.post(self.path, content=body, headers=headers)
        return self.answer.status_code

    def signed(self, kind: str, **more: Any) -> bytes:
        """What SNS would send. spoilt: a field that is changed after it was signed."""
        spoilt = more.pop("spoilt", {})
        found = {
            "Type": kind, "MessageId": "m", "TopicArn": "arn:aws:sns:eu-north-1:1:mail", "Message": "hello",
            "Timestamp": clock.utcnow().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "SignatureVersion": "2", "SigningCertURL": CERTIFICATE,
        } | more  # fmt: skip
        names = ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
        whole = "".join(f"{name}\n{found[name]}\n" for name in names if name in found)
        algorithm = hashes.SHA1() if found["SignatureVersion"] == "1" else hashes.SHA256()  # noqa: S303
        found["Signature"] = base64.b64encode(RSA_KEY.sign(whole.encode(), padding.PKCS1v15(), algorithm)).decode()
        return json.dumps(found | spoilt).encode()


@pytest.mark.parametrize("name", BOUNCES)
async def test_an_address_that_is_gone_is_mailed_no_more(world: World, name: str) -> None:
    (message,) = await sent(world)
    calls = await Calls.of(world, name.partition("_")[0])
    assert await calls.tell(name, message) == 200, calls.answer.text
    assert (await ledger(world))[message][:2] == ("accepted", "bounced")
    assert list((await suppressed(world)).values()) == ["hard_bounce"]
    mails = (await world.http.get(f"{world.path}/email/returns/mails")).json()["items"]
    assert [(mail["kind"], mail["code"] // 100) for mail in mails] == [("bounce", 5)]
    assert (await world.http.get(f"{world.path}/email/settings")).json()["hears_back"]


@pytest.mark.parametrize("name", SOFT)
async def test_other_bounces_are_counted_and_suppress_nobody(world: World, name: str) -> None:
    (message,) = await sent(world)
    calls = await Calls.of(world, name.partition("_")[0])
    assert await calls.tell(name, message) == 200, calls.answer.text
    assert (await ledger(world))[message][:2] == ("accepted", "bounced")
    assert await suppressed(world) == {}


@pytest.mark.parametrize("provider", EVERY)
async def test_complaints_and_goodbyes_are_heard(world: World, provider: str) -> None:
    first, second = await sent(world, people=2)
    calls = await Calls.of(world, provider)
    assert await calls.tell(f"{provider}_complaint", first) == 200, calls.answer.text
    assert await calls.tell(f"{provider}_unsubscribe", second, key="u") == 200, calls.answer.text
    assert await calls.tell(f"{provider}_open", second, key="o") == 200, "what we measure ourselves is taken and left"
    assert await calls.tell(f"{provider}_delay" if provider != "postmark" else "postmark_open", second, key="d") == 200
    assert list((await suppressed(world)).values()) == ["complaint"]
    async with world.services.db.transaction() as connection:
        rows = await connection.execute(
            text(
                "select m.id, c.state from messages m join consents c on c.person_id = m.person_id "
                "where m.workspace_id = :w"
            ),
            {"w": world.workspace.id},
        )
        assert {row.id: row.state for row in rows}[second] == "withdrawn"
    assert {row[:2] for row in (await ledger(world)).values()} == {("accepted", "")}


@pytest.mark.parametrize("provider", EVERY)
async def test_repeated_and_shuffled_it_ends_the_same(world: World, provider: str) -> None:
    """Three messages: one in doubt that arrived, one that arrived and then bounced, one that was complained of."""
    doubtful, gone, hated = await sent(world, people=3)
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text("update messages set state = 'unknown', reason = 'connection_lost' where id = any (:ids)"),
            {"ids": [doubtful, gone]},
        )
    calls = await Calls.of(world, provider)
    told = [
        (f"{provider}_delivery", doubtful), (f"{provider}_delivery", gone), (f"{provider}_bounce", gone),
        (f"{provider}_complaint", hated), (f"{provider}_delivery", hated),
    ] * 3  # fmt: skip
    random.Random(provider).shuffle(told)  # noqa: S311 - an order, no secret
    for number, (name, message) in enumerate(told):
        again = f"{name}{message}"
        assert await calls.tell(name, message, key=hashlib.sha256(again.encode()).hexdigest()[:9]) == 200, number
    found = await ledger(world)
    assert [found[each][:2] for each in (doubtful, gone, hated)] == [
        ("accepted", ""),
        ("accepted", "bounced"),
        ("accepted", ""),
    ]
    assert sorted((await suppressed(world)).values()) == ["complaint", "hard_bounce"]
    mails = (await world.http.get(f"{world.path}/email/returns/mails")).json()["items"]
    assert sorted(mail["kind"] for mail in mails) == ["bounce", "complaint"], "each is kept once, arrivals not at all"


@pytest.mark.parametrize(
    ("provider", "forged"),
    [("ses", {"spoilt": {"Message": "{}"}}), ("ses", {"SigningCertURL": "https://sns.evil.amazonaws.com.evil.example/c.pem"}),
     ("ses", {"SigningCertURL": "https://sns.eu-north-1.amazonaws.com@evil.example/c.pem"}),
     ("ses", {"SigningCertURL": "http://sns.eu-north-1.amazonaws.com/c.pem"}), ("ses", {"SignatureVersion": "3"}),
     ("ses", {"Timestamp": "2020-01-01T00:00:00Z"}), ("ses", {"Timestamp": "x"}),
     ("sendgrid", {"stamp": "1600112503"}), ("mailgun", {"signing": "other"}), ("mailgun", {"ago": timedelta(days=9)}),
     ("postmark", {"password": "guess"}), ("postmark", {"password": ""}), ("brevo", {"password": "guess"}),
     ("sparkpost", {"password": "guess"})],
)  # fmt: skip
async def test_what_is_forged_changes_nothing(world: World, provider: str, forged: dict[str, Any]) -> None:
    (message,) = await sent(world)
    before = await ledger(world)
    calls = await Calls.of(world, provider)
    assert await calls.tell(f"{provider}_bounce", message, **forged) == 403
    assert calls.answer.json()["code"] == "events_forged"
    assert (await ledger(world), await suppressed(world)) == (before, {})


async def test_one_workspace_cannot_speak_of_anothers_mail(
    world: World, make_world: Callable[[], Awaitable[World]]
) -> None:
    other = await make_world()
    (message,) = await sent(other)
    calls = await Calls.of(world, "postmark")
    assert await calls.tell("postmark_bounce", message) == 200
    assert (await ledger(other))[message][:2] == ("accepted", "")
    assert await suppressed(other) == {}
    calls.path = calls.path[:-1] + ("a" if calls.path[-1] != "a" else "b")
    assert await calls.tell("postmark_bounce", message) == 404


async def test_an_event_that_comes_too_early_is_brought_again(world: World) -> None:
    (message,) = await sent(world)
    async with world.services.db.transaction() as connection:
        await connection.execute(text("update messages set state = 'queued' where id = :i"), {"i": message})
    calls = await Calls.of(world, "brevo")
    assert await calls.tell("brevo_bounce", message) == 503
    async with world.services.db.transaction() as connection:
        await connection.execute(text("update messages set state = 'accepted' where id = :i"), {"i": message})
    assert await calls.tell("brevo_bounce", message) == 200
    assert (await ledger(world))[message][1] == "bounced"


@pytest.mark.parametrize("version", ["1", "2"])
async def test_a_subscription_is_confirmed_at_amazon_only(world: World, version: str) -> None:
    calls = await Calls.of(world, "ses")
    post = world.http.post
    asked = {"Token": "t", "SubscribeURL": CONFIRM, "SignatureVersion": version}
    assert (await post(calls.path, content=calls.signed("SubscriptionConfirmation", **asked))).status_code == 200
    for elsewhere in (
        "https://evil.example/?x",
        "https://sns.eu-north-1.amazonaws.com:444/",
        "http://127.0.0.1/",
        "",
        "//[x",
    ):
        body = calls.signed("SubscriptionConfirmation", **(asked | {"SubscribeURL": elsewhere}))
        assert (await post(calls.path, content=body)).status_code == 403, elsewhere


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1]", b"[" * 50_000, b"\xff", b"null", b'{"Type":{}}', b"[{}]", b'[{"msys":[]}]']
)
@pytest.mark.parametrize("provider", EVERY)
async def test_whatever_is_brought_is_answered(world: World, provider: str, body: bytes) -> None:
    calls = await Calls.of(world, provider)
    shown = base64.b64encode(f"x:{calls.password}".encode()).decode()
    found = await world.http.post(calls.path, content=body, headers={"authorization": f"Basic {shown}"})
    assert found.status_code in (200, 403, 422), found.text


async def test_too_much_is_not_read(world: World) -> None:
    calls = await Calls.of(world, "postmark")
    assert (await world.http.post(calls.path, content=b"[" + b" " * 2_000_000 + b"]")).status_code == 413


async def test_only_who_may_change_it_sees_what_a_provider_shows(world: World) -> None:
    calls = await Calls.of(world, "postmark")
    assert len(calls.password) > 30
    path = f"{world.path}/email/returns"
    assert (await (await world.member(Role.ANALYST)).get(path)).status_code == 403
    await Calls.of(world, "sparkpost")
    assert (await world.http.get(path)).json()["events"]["password"] != calls.password


async def test_a_key_stays_with_its_provider(world: World) -> None:
    path = f"{world.path}/email/settings"
    await Calls.of(world, "mailgun")
    shown = await world.http.get(path)
    assert (shown.json()["has_password"], shown.json()["has_events_key"]) == (True, True)
    assert KEY not in shown.text.replace("password", "")
    kept = {"provider": "mailgun", "username": KEY_ID, "options": GIVEN["mailgun"]}
    assert (await world.http.put(path, json=kept)).json()["has_events_key"]
    moved = await world.http.put(path, json={"provider": "brevo", "username": KEY_ID})
    assert (moved.status_code, moved.json()["code"]) == (422, "provider_key_missing")
    away = await world.http.put(path, json=kept | {"host": "evil.example"})
    assert (away.status_code, away.json()["code"]) == (422, "password_again")
    assert not (await world.http.put(path, json={"provider": "sandbox", "username": KEY_ID})).json()["has_password"]
    for wrong in (
        {"provider": "ses", "options": {"region": "moon"}},
        {"provider": "mailgun", "options": {"domain": "a/b"}},
    ):
        refused = await world.http.put(path, json=wrong | {"username": "k", "password": "p"})
        assert (refused.status_code, refused.json()["code"]) == (422, "provider_setting")
    clear = {"provider": "brevo", "password": "p", "host": "198.51.100.7", "security": "none"}
    assert (await world.http.put(path, json=clear)).json()["code"] == "key_in_clear"
    assert (await world.http.put(path, json={"provider": "pigeon"})).status_code == 422


async def test_a_connection_is_tried_before_it_is_kept(world: World) -> None:
    async with FakeApi("sparkpost") as fake:
        body = {"provider": "sparkpost", "password": KEY, "host": "127.0.0.1", "port": fake.port, "security": "none"}
        tried = await world.http.post(f"{world.path}/email/settings/test", json=body)
        assert tried.json()["ok"], tried.text
        tried = await world.http.post(f"{world.path}/email/settings/test", json=body | {"password": "no"})
        assert "401" in tried.json()["sentence"]
        assert (await world.http.get(f"{world.path}/email/settings")).json()["provider"] == "sandbox"
        assert fake.requests == 0
    offered = (await world.http.get(f"{world.path}/email/providers")).json()
    assert [each["name"] for each in offered] == list(PROVIDERS)


@pytest.mark.parametrize("provider", EVERY)
async def test_a_send_through_it_adds_up(world: World, provider: str) -> None:
    """Refused, slowed down and cut off on the way: the provider's ledger and ours agree, and nobody got it twice."""

    def behaviour(recipient: str, before: int) -> Any:
        if recipient.startswith(("p3@", "p7@")):
            return "close"
        return TOO_MUCH[provider] if before in (5, 6, 25) else None

    async with FakeApi(provider, behaviour) as fake:
        async with world.services.db.transaction() as connection:
            topic = await make_topic(connection, world.workspace.id)
            await make_people(connection, world.workspace.id, topic, 40)
        await Calls.of(world, provider, fake.port)
        sending = await launch(world.services, world.workspace.id, topic)
        async with sender(world.services):

            async def settled() -> bool:
                return not (await states(world.services, sending.dispatch_id)).get(("queued", ""), 0)

            await eventually(settled)
        taken = [each.recipient for each in fake.accepted]
        assert len(taken) == len(set(taken))
        assert set(taken) == await addresses(world.services, sending.dispatch_id, "accepted")
        assert set(fake.doubtful) == await addresses(world.services, sending.dispatch_id, "unknown")
        assert sorted(fake.doubtful) == sorted(set(fake.doubtful))
        assert len(taken) + len(fake.doubtful) == 40
        numbers = await ledger(world)
        calls = await Calls.of(world, provider, fake.port)
        known = {calls.reference(number): state for number, (state, _, _) in numbers.items()}
        assert {known[each.reference] for each in fake.accepted} == {"accepted"}, "what comes back names our messages"
