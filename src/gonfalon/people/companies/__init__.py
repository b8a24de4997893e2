"""Companies that people belong to, with properties of their own."""
