"""What came back in a period, over all campaigns."""
