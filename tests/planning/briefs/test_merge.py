"""Nobody's words are lost when two people write the same passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.kit.merging import merge

VOCABULARY = ["red", "green", "blue", "one", "two", "three", "春", "天", "come\n", "back"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=30).map(" ".join)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "text", "both"),
    [
        ("We sell tea.", "We sell good tea.", "We sell tea today.", "We sell good tea today.", False),
        ("We sell tea.", "We sell coffee.", "We sell cocoa.", "We sell cocoa / coffee.", True),
        ("", "Mine", "Theirs", "Theirs / Mine", True),
        ("One two three", "One three", "One two three four", "One three four", False),
        ("One\nTwo\n", "Zero\nOne\nTwo\n", "One\nTwo\nThree\n", "Zero\nOne\nTwo\nThree\n", False),
        ("春天促销", "春天大促销", "今年春天促销", "今年春天大促销", False),
        ("Gone soon", "", "Gone soon, perhaps", "Gone soon, perhaps", True),
    ],
)
def test_two_changes_are_put_together(base: str, mine: str, theirs: str, text: str, both: bool) -> None:
    merged = merge(base, mine, theirs)
    assert (merged.text, merged.both) == (text, both)


@given(WORDS, WORDS)
def test_one_change_alone_is_taken_as_it_is(base: str, changed: str) -> None:
    assert merge(base, changed, base).text == changed
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, changed).text == changed


@given(WORDS, WORDS, WORDS)
def test_every_word_that_either_wrote_is_kept(base: str, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs).text
    was = base.split()
    for side in (mine, theirs):
        for word in {word for word in side.split() if side.split().count(word) > was.count(word)}:
            assert word in merged.split()


def test_a_long_text_is_compared_by_lines_and_quickly_enough_to_finish() -> None:
    base = "".join(f"Line {number} of a long brief.\n" for number in range(3000))
    mine, theirs = "First.\n" + base, base + "Last.\n"
    assert merge(base, mine, theirs).text == "First.\n" + base + "Last.\n"
