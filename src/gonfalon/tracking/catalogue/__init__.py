"""The catalogue of events: what comes, in which rhythm, with which properties, and who answers for it."""
