"""What of a campaign wants somebody's attention today."""
