"""Declared, typed attributes of people."""
