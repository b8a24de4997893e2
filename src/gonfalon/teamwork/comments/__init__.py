"""Comments on things, in threads of one level, with mentions."""
