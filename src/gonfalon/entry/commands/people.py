"""`gonfalon import`"""
