"""People who may be one: found by what they share, proposed, and decided on by members."""
