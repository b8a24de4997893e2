"""The insights room: what came back."""
