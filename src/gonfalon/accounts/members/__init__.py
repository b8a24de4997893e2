"""Members of a workspace and invitations to it."""
