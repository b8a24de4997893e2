"""How the tests are spread over the workers of a run: the long ones first, so that nobody waits for one at the end.

A folder of browser tests shares one browser and one installation, therefore it is one piece of work. All other tests go
one by one.
(The groups of pytest-xdist 3.8 do nothing with pytest 9: it writes them into node ids that can no longer be changed.)
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/", "tests/entry/test_demo.py")
FOLDERS = ("tests/browser/demo/", "tests/browser/planning/")


class LongFirst(LoadScopeScheduling):
    """Hands out work in the order of collection, files in `TOGETHER` and all of each of `FOLDERS` as a whole."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        folder = next((each for each in FOLDERS if nodeid.startswith(each)), None)
        return folder or (nodeid.split("::", maxsplit=1)[0] if nodeid.startswith(TOGETHER) else nodeid)


def length(item: pytest.Item) -> int:
    """Sorts tests: whole files of the browser, other long ones, the rest."""
    if item.get_closest_marker("slow") is None:
        return 2
    return 0 if item.nodeid.startswith(TOGETHER) else 1
