"""Forms, surveys and contests: what people are asked, what they answered, and what becomes of it."""
