"""What is known of each person: made, changed, listed, shown and exported."""
