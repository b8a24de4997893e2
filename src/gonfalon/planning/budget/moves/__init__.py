"""Reallocation: planned money that goes from one line to another, with a reason and the approval it needs."""
