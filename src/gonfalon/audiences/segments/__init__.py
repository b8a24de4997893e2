"""Segments: the rule language, its compilers, membership."""
