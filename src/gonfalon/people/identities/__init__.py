"""What people are recognised by: addresses, numbers and ids, normalised."""
