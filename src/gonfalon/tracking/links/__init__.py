"""Signed links: how a click, an open or an unsubscription names its message without a database."""
