"""A person's files in and out of their session."""
