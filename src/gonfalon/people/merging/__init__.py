"""Making two people one, and one two, so that it can be undone."""
