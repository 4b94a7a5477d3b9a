"""Sessions that are started ahead, so that whoever comes need not wait."""
