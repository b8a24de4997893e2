"""The channels room: adapters to the world; no decisions."""
