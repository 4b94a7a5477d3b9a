"""`python -m streamspace.server.migrations [MESSAGE]`: bring the tables up to date, or write a new migration."""

from __future__ import annotations

import sys

from streamspace.server import migrations
from streamspace.server.core.settings import Settings

_UNUSED = "-" * 32


def main() -> None:
    """Migrate the database that the settings name."""
    url = Settings.load({"secret_key": _UNUSED, "gateway_secret": _UNUSED}).resolved_database_url
    if len(sys.argv) > 1:
        migrations.generate(url, " ".join(sys.argv[1:]))
    else:
        migrations.upgrade(url)


if __name__ == "__main__":
    main()
