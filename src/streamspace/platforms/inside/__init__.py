"""What runs inside a sandbox. Only this folder is visible there, so it imports nothing else of the project."""
