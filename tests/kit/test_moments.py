"""Days and moments mean the same wherever they are read."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.kit.cells import Unreadable
from gonfalon.kit.moments import day_orders, read_day, read_moment


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-03-04", "", date(2026, 3, 4)),
        ("2026/3/4", "dmy", date(2026, 3, 4)),
        ("2026年3月4日", "", date(2026, 3, 4)),
        ("20260304", "", date(2026, 3, 4)),
        ("03/04/2026", "mdy", date(2026, 3, 4)),
        ("03/04/2026", "dmy", date(2026, 4, 3)),
        ("4. 3. 2026", "dmy", date(2026, 3, 4)),
        ("04-03-26", "dmy", date(2026, 3, 4)),
        ("24.11.2026", "", date(2026, 11, 24)),
        ("11/24/2026 9:05 AM", "", date(2026, 11, 24)),
        ("4 Mar 2026", "", date(2026, 3, 4)),
        ("04/Mar/26 9:05 AM", "", date(2026, 3, 4)),
        ("Wed 3/4/26", "mdy", date(2026, 3, 4)),
        ("mer. 4 mars 2026", "", date(2026, 3, 4)),
        ("March 4th, 2026", "", date(2026, 3, 4)),
        ("4 août 2026", "", date(2026, 8, 4)),
        ("4. März 2026", "", date(2026, 3, 4)),
        ("4 mars 2026", "", date(2026, 3, 4)),
        ("2024-01-05 09:00:00 +0000 UTC", "", date(2024, 1, 5)),
        ("\u200b２０２６-０３-０４\u00a0", "", date(2026, 3, 4)),
        ("Mar 4, 2026", "", date(2026, 3, 4)),
        ("Mar 4, 2026 at 9:05 PM", "", date(2026, 3, 4)),
        ("2026年3月4日(水) 10時30分", "", date(2026, 3, 4)),
        ("2026년 3월 4일", "", date(2026, 3, 4)),
        ("2026. 3. 4.", "", date(2026, 3, 4)),
        ("4 марта 2026 г.", "", date(2026, 3, 4)),
        ("4. března 2026", "", date(2026, 3, 4)),
        ("4 mar 2026", "", date(2026, 3, 4)),
        ("4 marca 2026", "", date(2026, 3, 4)),
        ("4 Mart 2026", "", date(2026, 3, 4)),
        ("4 Μαρτίου 2026", "", date(2026, 3, 4)),
        ("2026. március 4.", "", date(2026, 3, 4)),
        ("4 de marzo de 2026", "", date(2026, 3, 4)),
        ("4 fevrier 2026", "", date(2026, 2, 4)),
        ("4th of March 2026", "", date(2026, 3, 4)),
        ("2026-Mar-04", "", date(2026, 3, 4)),
        ("4.Mar.2026", "", date(2026, 3, 4)),
        ("4.3.2026 kl. 10:00", "dmy", date(2026, 3, 4)),
        ("04/03/2026 à 10h30", "dmy", date(2026, 3, 4)),
        ("20260304T100000Z", "", date(2026, 3, 4)),
        ("20260304100000", "", date(2026, 3, 4)),
        ("٠٤/٠٣/٢٠٢٦", "dmy", date(2026, 3, 4)),
    ],
)
def test_days_are_read_as_they_are_written(text: str, order: str, day: date) -> None:
    assert read_day(text, order) == day  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "order", "code"),
    [
        ("03/04/2026", "", "day_ambiguous"),
        ("13/14/2026", "", "day_unknown"),
        ("30/02/2026", "dmy", "day_unknown"),
        ("11/24/2026", "dmy", "day_unknown"),
        ("05/14", "mdy", "day_unreadable"),
        ("soon", "", "day_unreadable"),
        ("1234567", "", "day_unreadable"),
        ("0026-03-04", "", "day_unknown"),
        ("9999-12-31", "", "day_unknown"),
        ("0000-00-00 00:00:00", "", "day_unknown"),
        ("5/1/2569", "dmy", "day_unknown"),
        ("1405/10/15", "", "day_unknown"),
        ("2026-W10-3", "", "day_unreadable"),
    ],
)
def test_what_is_no_day_says_why(text: str, order: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_day(text, order)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_the_whole_column_decides_the_order() -> None:
    assert day_orders(["03/04/2026", "", "05/06/2026"]) == ["dmy", "mdy"]
    assert day_orders(["03/04/2026", "12/31/2026"]) == ["mdy"]
    assert day_orders(["03/04/2026", "31/12/2026"]) == ["dmy"]
    assert day_orders(["12/31/2026", "31/12/2026"]) == []
    assert day_orders(["2026-03-04"]) == ["ymd", "dmy", "mdy"]
    assert day_orders(["", " "]) == []


def test_the_weekday_beside_a_day_decides_its_order() -> None:
    assert read_day("Mon 3/8/27") == date(2027, 3, 8)
    assert day_orders(["Mon 3/8/27", "Fri 3/5/27"]) == ["mdy"]
    assert day_orders(["lun. 08/03/2027"]) == ["dmy"]
    assert read_day("mar 02/03/2027", "dmy") == date(2027, 3, 2)
    assert read_day("Sun 08/03/2027", "dmy") == date(2027, 3, 8)  # fits neither: it is the weekday that is wrong


def test_moments_carry_their_zone() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert read_moment("2024-01-15 10:30:00", paris) == datetime(2024, 1, 15, 9, 30, tzinfo=UTC)
    assert read_moment("2024-01-15T10:30:00Z", paris) == datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
    assert read_moment("2024-01-05 09:00:00 +0000 UTC", paris) == datetime(2024, 1, 5, 9, tzinfo=UTC)
    assert read_moment("01/15/2024 1:05 PM", paris, "mdy") == datetime(2024, 1, 15, 12, 5, tzinfo=UTC)
    assert read_moment("2024-07-01", paris) == datetime(2024, 6, 30, 22, tzinfo=UTC)
    assert read_moment("2026-01-05T24:00:00", paris) == datetime(2026, 1, 5, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Mon Jan  5 10:00:00 UTC 2026",
        "2026-01-05 10:00:00 +0000 UTC",
        "2026-01-05T11:00:00+01:00[Europe/Paris]",
        "2026-01-05T11:00:00[Europe/Paris]",
        "2026-01-05 05:00:00 EST",
        "2026-01-05 11:00 MEZ",
        "2026-01-05 11:00 Uhr",
        "2026年1月5日 11:00",
        "5 janv. 2026 11h00",
        "Monday, 05-Jan-26 10:00:00 GMT",
        "1767607200",
        1767607200000,
    ],
)
def test_the_zone_that_is_written_counts(written: str | int) -> None:
    """All of them are ten o'clock in UTC, read in Paris."""
    assert read_moment(written, ZoneInfo("Europe/Paris")) == datetime(2026, 1, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    ["2024-07-01 25:00", "2024-07-01 10:00 IST", "2024-07-01 10:00 [../etc/passwd]", "2024-07-01 10:00 ish", True],
)
def test_a_time_that_cannot_be_known_is_refused(written: object) -> None:
    with pytest.raises(Unreadable):
        read_moment(written, ZoneInfo("Europe/Paris"))


@given(st.text(max_size=300))
def test_no_text_breaks_anything(text: str) -> None:
    for read in (read_day, lambda cell: read_moment(cell, UTC)):
        with suppress(Unreadable):
            read(text)
