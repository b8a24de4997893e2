"""Audiences: named sets of people, by rule (segments) or fixed (lists)."""
