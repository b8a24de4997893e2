"""When a workspace and its members work: weekdays, holidays and days off."""
