"""The delivery room: the send ledger: who gets what, once."""
