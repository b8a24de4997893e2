"""Content that is looked at step by step before it is used: who says yes, to which version, and what waits for whom."""
