"""Figures of audiences: what conditions cost, what audiences share, what makes one different."""
