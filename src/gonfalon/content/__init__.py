"""The content room: what is said."""
