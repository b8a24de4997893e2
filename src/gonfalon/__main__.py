"""`python -m gonfalon` is the `gonfalon` command."""

from gonfalon.entry.cli import main

main()
