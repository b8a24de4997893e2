"""The metric catalogue: each metric once, with its name, formula, unit and what counts."""
