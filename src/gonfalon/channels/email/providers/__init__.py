"""Providers that take mail by an API of their own. The only place that names one: others ask `every.py`."""
