"""The insights room: the metric catalogue, the campaign report, and the people behind every number."""
