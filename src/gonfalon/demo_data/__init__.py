"""Data of the demo workspace, carried with the program (see README.md)."""
