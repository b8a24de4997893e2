"""Which family of intent events belong to, and what the fifths of the customers are."""
