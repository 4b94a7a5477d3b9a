"""Where templates come from: Git repositories and archives that are read again and again."""
