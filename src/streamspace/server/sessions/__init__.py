"""Running applications."""
