"""Test messages: to members, and to addresses whose owners have said once that they take them."""
