"""Refusals as servers of all kinds word them, and whom they speak about: a wrong suppression loses a customer."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonfalon.channels.contract import Blame, Verdict
from gonfalon.channels.email.replies import ReplyReader, outcome_of

REPLIES = [
    line.split(maxsplit=1)
    for line in Path(__file__).with_name("replies.txt").read_text().splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("whom", "said"), REPLIES)
def test_whom_a_refusal_speaks_about(whom: str, said: str) -> None:
    (reply,) = ReplyReader().feed(said.replace("\\n", "\r\n").encode() + b"\r\n")
    outcome = outcome_of(reply)
    assert outcome.blame is Blame(whom)
    assert outcome.verdict is (Verdict.REJECTED if reply.code >= 500 else Verdict.DEFERRED)
