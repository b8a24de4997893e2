"""Collisions: planned touchpoints that reach the same people too soon after each other."""
