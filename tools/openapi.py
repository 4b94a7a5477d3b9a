"""Write the API's description: `python -m tools.openapi web/openapi.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import SecretStr

from streamspace.server.app import create_app
from streamspace.server.core.settings import Settings


def main(target: Path) -> None:
    """Write it sorted, so that a change of the API is a readable change of the file."""
    unused = SecretStr("x" * 32)
    description = create_app(Settings(secret_key=unused, gateway_secret=unused)).openapi()
    target.write_text(json.dumps(description, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
