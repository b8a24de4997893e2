"""Around a thing: who follows it, who looks at it now, and what happened in its campaign."""
