"""Notices by mail: at once or as a daily digest, each notice in one mail and each mail handed over once."""
