"""The email channel: SMTP, messages, signatures, the sandbox."""
