"""Budget lines: what each resource of a campaign is planned to cost, and has cost."""
