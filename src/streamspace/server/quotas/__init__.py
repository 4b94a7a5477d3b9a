"""Limits and how much of them is used."""
