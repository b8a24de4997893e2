"""What people allow, per channel and topic, and the proof of it."""
