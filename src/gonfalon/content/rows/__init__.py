"""Rows that are kept once for all mails: a change reaches every mail that holds them, as a new version of it."""
