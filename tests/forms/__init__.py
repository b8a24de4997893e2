"""Forms, surveys and contests."""
