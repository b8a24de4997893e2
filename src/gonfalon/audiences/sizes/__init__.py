"""How many people audiences had, day by day."""
