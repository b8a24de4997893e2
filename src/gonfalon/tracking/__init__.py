"""The tracking room: what people did."""
