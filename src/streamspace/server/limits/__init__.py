"""What somebody may use at once."""
