"""Personas: described buyers, each linked to a live audience that shows whether the description still holds."""
