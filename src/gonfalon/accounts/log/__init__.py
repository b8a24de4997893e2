"""The account log: who signed in, who was refused, from where."""
