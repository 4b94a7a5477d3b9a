"""Teams, departments and projects."""
