"""Who must say yes to what: the groups and rules of a workspace."""
