"""Briefs: one page that says what a campaign is to do, written together."""
