"""The list of people: searched, filtered, sorted, counted, exported."""
