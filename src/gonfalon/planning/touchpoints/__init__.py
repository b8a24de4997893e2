"""Touchpoints: planned contacts of a campaign with an audience on a channel."""
