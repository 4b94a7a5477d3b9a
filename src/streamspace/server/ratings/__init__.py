"""What people think of things, whatever the things are."""
