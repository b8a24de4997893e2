"""Audiences whose members are kept, so that it is known when somebody enters and leaves them."""
