"""Commands that act in a workspace: the same actions the API calls, for scripts and people at a shell."""

from gonfalon.entry.commands import audiences, campaigns, keys, operation, passwords, people

__all__ = ["audiences", "campaigns", "keys", "operation", "passwords", "people"]
