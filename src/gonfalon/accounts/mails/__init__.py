"""Mails that let somebody in: invitations and links for a new password; and how any mail to members leaves."""
