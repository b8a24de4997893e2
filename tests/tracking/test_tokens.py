"""Tokens: what was signed comes back, anything else is refused."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gonfalon.kit.secrets import SecretBox
from gonfalon.tracking.links.tokens import (
    TOKEN_LENGTH,
    Claim,
    Keys,
    Purpose,
    open_destination,
    seal_destination,
    sign,
    verify,
)
from gonfalon.tracking.links.urls import UrlFactory
from gonfalon.tracking.links.utm import Utm, tag_url

KEYS = Keys.from_secrets(SecretBox(b"a" * 32))
OTHERS = Keys.from_secrets(SecretBox(b"b" * 32))

big = st.integers(0, 2**63 - 1)
claims = st.builds(Claim, st.integers(0, 2**31 - 1), big, big, big)
purposes = st.sampled_from(Purpose)
BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@given(claims, purposes)
def test_round_trip(claim: Claim, purpose: Purpose) -> None:
    """A genuine token gives its claim, is of fixed length and fits into an address."""
    token = sign(KEYS, purpose, claim)
    assert len(token) == TOKEN_LENGTH
    assert set(token) <= set(BASE64URL)
    assert verify(KEYS, purpose, token) == claim


@given(claims, purposes)
def test_purposes_and_installations_are_apart(claim: Claim, purpose: Purpose) -> None:
    """A click token opens no preferences, and another installation's token opens nothing."""
    token = sign(KEYS, purpose, claim)
    other = next(each for each in Purpose if each is not purpose)
    assert verify(KEYS, other, token) is None
    assert verify(OTHERS, purpose, token) is None


@given(claims, purposes, st.integers(0, TOKEN_LENGTH - 1), st.sampled_from(BASE64URL))
def test_any_changed_character_is_refused(claim: Claim, purpose: Purpose, place: int, character: str) -> None:
    """No bit of a token can be changed."""
    token = sign(KEYS, purpose, claim)
    changed = token[:place] + character + token[place + 1 :]
    assert (verify(KEYS, purpose, changed) == claim) == (changed == token)


@given(st.text(max_size=100), purposes)
def test_garbage_is_refused_without_an_error(text: str, purpose: Purpose) -> None:
    """Whatever stands in the address, the answer is None."""
    assert verify(KEYS, purpose, text) is None
    assert open_destination(KEYS, "token", 1, text) is None


@given(claims)
def test_unknown_key_version_is_refused(claim: Claim) -> None:
    """A version whose key has been thrown away opens nothing; an older one still does."""
    token = sign(KEYS, Purpose.click_open, claim)
    newer = Keys({1: KEYS.by_version[1], 2: OTHERS.by_version[1]}, current=2)
    assert verify(newer, Purpose.click_open, token) == claim
    assert sign(newer, Purpose.click_open, claim) != token
    assert verify(Keys({2: OTHERS.by_version[1]}, current=2), Purpose.click_open, token) is None


@given(claims, st.integers(1, 99), st.text(max_size=60))
def test_sealed_destination_belongs_to_one_link(claim: Claim, number: int, tail: str) -> None:
    """It opens with its own token and number only."""
    url = "https://shop.example/" + tail.encode("utf-8", "ignore").decode()
    token = sign(KEYS, Purpose.click_open, claim)
    sealed = seal_destination(KEYS, token, number, url)
    assert open_destination(KEYS, token, number, sealed) == url
    assert open_destination(KEYS, token, number + 1, sealed) is None
    assert open_destination(KEYS, token[:-1] + ("A" if token[-1] != "A" else "B"), number, sealed) is None
    assert open_destination(OTHERS, token, number, sealed) is None


def test_message_without_tracking_has_no_trackers() -> None:
    """Consent refused: links stay what they are and there is no pixel."""
    factory = UrlFactory("https://m.example", KEYS)
    urls = factory.for_message(Claim(1, 2, 3, 4), track_clicks=False, track_opens=False)
    assert (urls.click, urls.open, urls.seal) == (None, None, None)
    assert urls.unsubscribe.startswith("https://m.example/u/")


def test_utm_is_added_and_never_overwritten() -> None:
    """Values are lower-cased; what is there stays; fragment and order are kept; other schemes are left alone."""
    parameters = Utm(source="Gonfalon", medium="email", campaign="Höst & Vinter").parameters()
    assert parameters == {"utm_source": "gonfalon", "utm_medium": "email", "utm_campaign": "höst & vinter"}
    added = "utm_source=gonfalon&utm_medium=email&utm_campaign=h%C3%B6st%20%26%20vinter"
    assert tag_url("https://a.example/x", parameters) == f"https://a.example/x?{added}"
    assert tag_url("https://a.example/x?b=1#end", parameters) == f"https://a.example/x?b=1&{added}#end"
    kept = tag_url("https://a.example/?utm_source=Theirs&z=%20", parameters)
    assert kept == "https://a.example/?utm_source=Theirs&z=%20&utm_medium=email&utm_campaign=h%C3%B6st%20%26%20vinter"
    assert tag_url("https://a.example/?%75tm_source=x", {"utm_source": "y"}) == "https://a.example/?%75tm_source=x"
    for untouched in ("mailto:a@b.example", "tel:+4612", "#top", "https://[broken", "ftp://a.example"):
        assert tag_url(untouched, parameters) == untouched


@given(
    st.text(max_size=40),
    st.dictionaries(st.sampled_from(["utm_source", "utm_medium"]), st.text(min_size=1, max_size=5)),
)
def test_tagging_twice_is_tagging_once(path: str, parameters: dict[str, str]) -> None:
    """Nothing is ever added a second time."""
    url = "https://a.example/" + path
    once = tag_url(url, parameters)
    assert tag_url(once, parameters) == once
