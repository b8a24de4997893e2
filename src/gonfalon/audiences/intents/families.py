"""Which family an event belongs to by its name, until a workspace says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..segments.language import Family

DEFAULTS: Mapping[str, Family] = {
    **dict.fromkeys(
        (
            "Page Viewed",
            "Screen Viewed",
            "Product List Viewed",
            "Product List Filtered",
            "Products Searched",
            "Promotion Viewed",
            "Promotion Clicked",
        ),
        Family.AWARENESS,
    ),
    **dict.fromkeys(
        (
            "Product Viewed",
            "Product Clicked",
            "Product Added",
            "Product Added to Wishlist",
            "Product Shared",
            "Product Reviewed",
            "Cart Viewed",
            "Cart Shared",
            "Coupon Entered",
            "Checkout Started",
            "Checkout Step Viewed",
            "Checkout Step Completed",
            "Payment Info Entered",
            "Form Submitted",
        ),
        Family.CONSIDERATION,
    ),
    "Order Completed": Family.PURCHASE,
}
"""The names of Segment's e-commerce specification, and of the forms here."""


def families_of(changed: Iterable[tuple[str, str | None]]) -> dict[Family, frozenset[str]]:
    """Return the events of every family: those by name, but for what the workspace has changed (None: of no family)."""
    known: dict[str, Family | None] = {**DEFAULTS}
    known |= {name: None if family is None else Family(family) for name, family in changed}
    return {family: frozenset(name for name, of in known.items() if of is family) for family in Family}
