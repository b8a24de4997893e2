"""Templates: what an email says, with every saved version kept."""
