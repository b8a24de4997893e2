"""Working together: comments, followers, notices, presence."""
