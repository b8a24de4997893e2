"""How a workspace as a whole comes on, day by day: what its customers spent, and whom it may write to."""
