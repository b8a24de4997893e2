"""Pictures used in messages."""
