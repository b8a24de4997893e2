"""One form for names of domains, whoever typed them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.kit.domains import BadDomain, ascii_address, ascii_domain, readable_domain


@pytest.mark.parametrize(
    ("typed", "sent", "read"),
    [
        ("Example.COM.", "example.com", "example.com"),
        ("müller.example", "xn--mller-kva.example", "müller.example"),
        ("MU\u0308LLER。example", "xn--mller-kva.example", "müller.example"),
        ("XN--MLLER-KVA.example", "xn--mller-kva.example", "müller.example"),
        ("straße.de", "xn--strae-oqa.de", "straße.de"),
        ("例え.テスト", "xn--r8jz45g.xn--zckzah", "例え.テスト"),
        ("א1.com", "xn--1-zhc.com", "א1.com"),
        ("عربي٣.com", "xn--ngbrx4e4f.com", "عربي٣.com"),
        ("☃.net", "xn--n3h.net", "xn--n3h.net"),
        ("my_shop.example", "my_shop.example", "my_shop.example"),
        ("xn--0.example", "xn--0.example", "xn--0.example"),
    ],
)
def test_one_name_has_one_form(typed: str, sent: str, read: str) -> None:
    assert ascii_domain(typed) == sent
    assert readable_domain(sent) == read
    assert ascii_domain(readable_domain(sent)) == sent


@pytest.mark.parametrize("name", ["", ".", "a..b", "a b.de", "ü b.de", "x" * 64 + ".de", "ü" * 300, "\u00ad.de", "a/b"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(BadDomain):
        ascii_domain(name)


@given(st.text(max_size=300))
def test_no_text_raises_anything_else(text: str) -> None:
    with contextlib.suppress(BadDomain):
        assert ascii_domain(ascii_domain(text)) == ascii_domain(text)
    readable_domain(text)


def test_only_the_domain_of_an_address_changes() -> None:
    assert ascii_address("zoë@Müller.example") == "zoë@xn--mller-kva.example"
    assert ascii_address("Kim@Example.com") == "Kim@Example.com"
    assert ascii_address("zoë") == "zoë"
