"""What can be launched."""
