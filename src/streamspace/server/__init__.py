"""The control plane: API, web UI, agent hub."""
