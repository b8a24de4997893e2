"""The pages a recipient sees: choosing what to receive, and leaving."""
