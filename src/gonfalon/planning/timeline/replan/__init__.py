"""Changes to dates: first shown with all that they move, then applied as shown."""
