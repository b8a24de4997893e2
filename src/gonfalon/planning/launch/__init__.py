"""Launching a touchpoint: the questions asked before, and the handing over to delivery."""
