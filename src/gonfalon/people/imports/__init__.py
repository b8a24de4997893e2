"""Taking people in from a file: detect, preview, plan, and one merge that is all or nothing."""
