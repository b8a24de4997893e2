"""The campaign report: every figure, and the people behind it."""
