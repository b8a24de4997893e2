"""What the answers of a form say together."""
