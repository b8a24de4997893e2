"""How a workspace counts money: net or gross, what moves need a yes, and what currencies are worth."""
