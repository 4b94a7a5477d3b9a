"""What organisations and groups say about the borders of their people's sessions."""
