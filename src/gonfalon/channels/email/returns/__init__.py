"""Mail that comes back: bounces, complaints, automatic answers."""
