"""The calendar: everything that is planned on its days, moving it, collisions, moments, feeds."""
