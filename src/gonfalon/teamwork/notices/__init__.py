"""What a member was told: the list in the product, and how each kind reaches them."""
