"""Benchmarks: every goal is a ratio to a peer, measured side by side in one run. Never part of the tests."""
