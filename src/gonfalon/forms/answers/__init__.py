"""Answers: taking them from visitors, confirming them, and looking at what came."""
