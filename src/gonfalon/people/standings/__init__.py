"""How far consent reaches: today, on a past day, under stricter rules, and when it ends."""
