"""The experiments room: assignment, holdouts, results."""
