"""What the weekly and the quarterly review tell of plans: money, what slips, what was decided."""
