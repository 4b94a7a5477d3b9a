"""Sharing a session with others."""
