"""Tenants. One default organisation until people make more."""
