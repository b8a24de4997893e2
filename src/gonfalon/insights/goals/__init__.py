"""How goals stand above campaigns, and what past campaigns say about a new one."""
