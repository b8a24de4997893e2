"""Comments on content that point at a place in one of its versions."""
