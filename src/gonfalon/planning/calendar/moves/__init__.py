"""Moving what stands on the calendar: first what it would break, then exactly that."""
