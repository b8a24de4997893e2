"""The accounts room: who may do what, and who did what."""
