"""People, groups and organisations as administrators see them: with roles, limits, use, logins and sessions."""
