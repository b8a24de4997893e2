"""Where connections may go."""

from __future__ import annotations

import socket

import pytest
from pydantic import ValidationError

from gonfalon.kit.config import Settings
from gonfalon.kit.network import NotAllowed, Reach, outward_name, read_reach

INSIDE = (
    "127.0.0.1", "10.1.2.3", "172.20.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1",  # noqa: S104
    "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
)  # fmt: skip
OUTSIDE = ("9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "64:ff9b::909:909")


@pytest.mark.parametrize("address", INSIDE)
def test_the_own_network_is_closed_unless_it_is_opened(address: str) -> None:
    assert not read_reach("none", published=False).allows("h.example", address)
    assert not read_reach("", published=True).allows("h.example", address)
    opened = read_reach(f"mail.internal, {address}", published=True)
    assert opened.allows("mail.internal", address)
    assert opened.allows("h.example", address) or address.startswith(("::ffff", "64:", "2002:"))


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_world_is_open(address: str) -> None:
    assert read_reach("none", published=True).allows("h.example", address)


def test_before_anybody_else_can_reach_gonfalon_it_reaches_its_own_network() -> None:
    assert Settings().reach.allows("localhost", "127.0.0.1")
    assert Settings(base_url="http://192.168.1.5:8600").reach.allows("mail", "192.168.1.9")
    assert not Settings(base_url="https://gonfalon.example.com").reach.allows("localhost", "127.0.0.1")
    assert Settings(base_url="https://gonfalon.example.com", private_hosts="all").reach.allows("m", "10.0.0.1")
    assert not Settings().reach.allows("metadata", "169.254.169.254"), "clouds give credentials away there"


@pytest.mark.parametrize("wrong", ["10.0.0.0/99", "all, 10.0.0.1", "a b", "http://mail"])
def test_a_setting_that_says_nothing_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        Settings(private_hosts=wrong)


async def test_a_name_is_judged_by_where_it_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotAllowed, match="GONFALON_PRIVATE_HOSTS="):
        await Reach(False).addresses("localhost", 25)
    assert "127.0.0.1" in await Reach().addresses("localhost", 25)
    for bad in ("a b", "ü..de", "x" * 300, "a\0b"):
        with pytest.raises(OSError):  # noqa: PT011 - any of them is said as it is
            await Reach().addresses(bad, 25)
    assert issubclass(socket.gaierror, OSError)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("Mail.Shop.example", "mail.shop.example"),
        ("müller.example", "xn--mller-kva.example"),
        ("localhost", ""),
        ("gonfalon", ""),
        ("localhost.localdomain", ""),
        ("printer.local", ""),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("", ""),
    ],
)
def test_names_that_others_know(host: str, name: str) -> None:
    assert outward_name(host) == name
