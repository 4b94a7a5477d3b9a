"""Secrets that must come back once, soon."""
