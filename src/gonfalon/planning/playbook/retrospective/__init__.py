"""The page at a campaign's close: plan against reality, what worked, what lacked, what is done next."""
