"""What comes to the collector, as it comes."""
