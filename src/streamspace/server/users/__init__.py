"""People who use the installation."""
