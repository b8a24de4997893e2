"""Goals on paper: what metrics are called, and how their values are written, by language."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision

from gonfalon.kit.document import LOCALES
from gonfalon.planning.goals.model import Unit

METRICS: dict[str, dict[str, str]] = {
    "en": {
        "conversions": "Conversions", "conversion_rate": "Conversion rate", "revenue": "Revenue", "roi": "ROI",
        "cost_per_conversion": "Cost per conversion", "clickers": "People who clicked", "click_rate": "Click rate",
        "open_rate": "Open rate", "delivered": "Delivered", "unsubscribe_rate": "Unsubscribe rate",
    },
    "fr": {
        "conversions": "Conversions", "conversion_rate": "Taux de conversion", "revenue": "Chiffre d’affaires",
        "roi": "ROI", "cost_per_conversion": "Coût par conversion", "clickers": "Personnes ayant cliqué",
        "click_rate": "Taux de clic", "open_rate": "Taux d’ouverture", "delivered": "Distribués",
        "unsubscribe_rate": "Taux de désabonnement",
    },
    "sv": {
        "conversions": "Konverteringar", "conversion_rate": "Konverteringsgrad", "revenue": "Intäkter",
        "roi": "ROI", "cost_per_conversion": "Kostnad per konvertering", "clickers": "Personer som klickat",
        "click_rate": "Klickfrekvens", "open_rate": "Öppningsfrekvens", "delivered": "Levererade",
        "unsubscribe_rate": "Avregistreringsgrad",
    },
    "zh": {
        "conversions": "转化", "conversion_rate": "转化率", "revenue": "收入", "roi": "投资回报率",
        "cost_per_conversion": "单次转化成本", "clickers": "点击人数", "click_rate": "点击率", "open_rate": "打开率",
        "delivered": "已送达", "unsubscribe_rate": "退订率",
    },
}  # fmt: skip


def value_in(unit: Unit, value: Decimal | int | None, currency: str, language: str) -> str:
    """A metric's value as it is written in the language; money is in minor units of the currency. A dash for None."""
    locale = LOCALES[language]
    if value is None:
        return "–"
    if unit is Unit.MONEY:
        amount = Decimal(value).scaleb(-get_currency_precision(currency))
        return str(format_currency(amount, currency, locale=locale))
    if unit is Unit.SHARE:
        return str(format_percent(value, "#,##0.0 %" if language != "zh" else "#,##0.0%", locale=locale))
    return str(format_decimal(value, locale=locale))
