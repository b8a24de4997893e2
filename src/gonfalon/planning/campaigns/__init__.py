"""Campaigns: coordinated efforts with one goal, a budget, a timeline and touchpoints."""
