"""Being signed in: login, refresh, logout."""
