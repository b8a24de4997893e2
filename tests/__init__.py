"""Tests of Gonfalon."""

import gc

gc.set_threshold(20_000, 20, 50)  # as in the product's processes (`main` of entry/cli.py)
