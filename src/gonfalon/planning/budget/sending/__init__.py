"""What sent messages cost, entered by itself."""
