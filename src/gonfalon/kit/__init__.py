"""Plumbing that knows no word of marketing: configuration, clock, ids, money, errors, database, jobs, HTTP."""
