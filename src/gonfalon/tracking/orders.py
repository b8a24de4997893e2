"""Names of events that change an order afterwards (Segment's e-commerce specification), and what they call amounts."""

from __future__ import annotations

from typing import Final


def camel(word: str) -> str:
    """Return a name as programs in JavaScript write it: `coupon_code` is `couponCode`."""
    first, *others = word.split("_")
    return first + "".join(each.capitalize() for each in others)


CANCELLATIONS: Final = ("Order Cancelled", "Order Canceled")
REVERSALS: Final = (*CANCELLATIONS, "Order Refunded")
"""Events that take an order back, in part or whole."""
UPDATES: Final = ("Order Updated",)
"""Events that say an order anew: what they are worth counts instead."""
_CHANGES: Final = {name.casefold().replace(" ", ""): name for name in (*REVERSALS, *UPDATES)}
PRICED: Final = frozenset({"Order Completed", *UPDATES, *REVERSALS})
"""Events that are worth what their products cost, where they name no amount and each product has a price."""
AMOUNTS: Final = ("revenue", "total", "value")
"""Properties that are an amount, the first that says something counts."""
REFUND_AMOUNTS: Final = (*AMOUNTS, "refund_amount", "refundAmount", "refunded_amount", "amount")
"""The same of a reversal, which would else be of the whole order."""
CODE_WORDS: Final = (
    "coupon", "coupons", "coupon_code", "coupon_codes", "discount_code", "discount_codes", "promo_code", "promo_codes",
    "promotion_code", "voucher", "vouchers", "voucher_code", "code",
)  # fmt: skip
CODES: Final = tuple(dict.fromkeys(way for word in CODE_WORDS for way in (word, camel(word))))
"""Properties of an order, or of one of its products, that name a code."""


def specified(name: str) -> str:
    """Return the specification's name of an event that changes an order, however a shop writes it: `order_refunded`.

    Only of these: what counts as an order is chosen by its own name, and a refund that is not heard keeps credit.
    """
    return _CHANGES.get("".join(letter for letter in name.casefold() if letter not in " _-.:"), name)
