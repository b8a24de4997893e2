"""What was ordered and paid, entry by entry."""
