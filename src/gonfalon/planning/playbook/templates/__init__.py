"""Whole campaigns to begin from: days are relative, people are roles."""
