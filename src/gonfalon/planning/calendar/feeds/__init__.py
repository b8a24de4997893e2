"""Feeds: secret addresses under which other calendars read what a member may see."""
