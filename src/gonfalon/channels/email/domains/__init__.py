"""What the DNS says of the domains that mail is from."""
