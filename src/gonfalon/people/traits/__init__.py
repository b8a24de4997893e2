"""What events tell of people: traits, kept as attributes or proposed as such."""
