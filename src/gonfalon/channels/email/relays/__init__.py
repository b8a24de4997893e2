"""Several ways out of one workspace: further servers and providers beside the first."""
