"""The brand of a workspace: how its mails look and speak."""
