"""Who is asked for more than a week has: working calendars, and load per person and week."""
