"""Tools that do not know the product."""
