"""A person's own rights: to get everything that is kept, and to have it erased."""
