"""Findings with their evidence, which come back while a similar campaign is planned."""
