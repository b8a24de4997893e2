"""How much one rendering may cost. Generous for an email, small for an attack."""

from __future__ import annotations

from time import thread_time
from typing import Final

from liquid.exceptions import ResourceLimitError

SOURCE_CHARACTERS: Final = 400_000
COMPILED_CHARACTERS: Final = 3_000_000
TOKENS: Final = 3_000
TAG_CHARACTERS: Final = 4_000
BLANK_RUN: Final = 200
BLOCK_NESTING: Final = 20
BRACKETS: Final = 20
ELEMENT_NESTING: Final = 100
CONTEXT_DEPTH: Final = 25
STEPS: Final = 100_000
FREE_STEPS: Final = 2_000
"""So many steps take no time worth asking a clock about; most emails have fewer."""
OUTPUT_BYTES: Final = 2_000_000
LOCALS_BYTES: Final = 200_000
VALUE_CHARACTERS: Final = 50_000
LIST_ITEMS: Final = 1_000
NUMBER: Final = 10**30
CPU_SECONDS: Final = 0.4
LONG_VALUE: Final = 256


class Budget:
    """What one rendering has used so far; every `spend` raises when the limit is passed.

    CPU time is this thread's own, so that a busy machine does not make good templates fail. It is looked at
    when a loop begins and when a long value is handled: the only two ways to make a rendering last.
    """

    __slots__ = ("_end", "bytes", "steps")

    def __init__(self) -> None:
        self.steps = 0
        self.bytes = 0
        self._end = 0.0

    def spend_steps(self, steps: int) -> None:
        """Count `steps` node renderings that a loop is about to make."""
        self.steps += steps
        if self.steps > STEPS:
            raise ResourceLimitError("its loops repeat too often; show fewer items", token=None)
        if self.steps > FREE_STEPS:
            self.check_time()

    def spend_bytes(self, size: int) -> None:
        """Count output that is long or repeated."""
        self.bytes += size
        if self.bytes > OUTPUT_BYTES:
            raise ResourceLimitError("it writes more than two million bytes", token=None)

    def check_time(self) -> None:
        """Stop a rendering that takes too long; the clock starts with the first look at it."""
        now = thread_time()
        if not self._end:
            self._end = now + CPU_SECONDS
        elif now > self._end:
            raise ResourceLimitError("it takes too long to make; simplify its loops", token=None)


def check_length(characters: int) -> None:
    """Refuse a text that is, or would become, longer than an email can use."""
    if characters > VALUE_CHARACTERS:
        raise ResourceLimitError("one of its values grows beyond 50,000 characters", token=None)


def check_value(value: object) -> object:
    """Return `value`, unless it has grown beyond what an email can use."""
    if isinstance(value, str):
        check_length(len(value))
    elif isinstance(value, (list, tuple, range)):
        # A range's own length may not fit a C integer, so its ends are compared.
        size = value.stop - value.start if isinstance(value, range) else len(value)
        if size > LIST_ITEMS:
            raise ResourceLimitError("one of its lists has more than 1,000 items", token=None)
    elif isinstance(value, (int, float)) and not -NUMBER < value < NUMBER:
        raise ResourceLimitError("one of its numbers is too large", token=None)
    return value
