"""The tables of planning, by noun: the ground that all nouns read, each written by its own noun only."""
