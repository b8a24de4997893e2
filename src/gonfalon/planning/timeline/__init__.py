"""The timeline of campaigns: tasks, dependencies, working calendars, scheduling, capacity."""
