"""The team's manual of audiences: what each is for, who answers for it, whether it still holds."""
