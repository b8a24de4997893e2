"""Snapshots of a campaign's dates, to hold the plan against later."""
