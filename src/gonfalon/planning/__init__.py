"""The planning room: campaigns, goals, money and time."""
