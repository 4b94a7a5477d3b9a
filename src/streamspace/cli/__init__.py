"""The `streamspace` command. Each noun has one file; each is imported only when it is used."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from streamspace.cli.app import run  # noqa: PLC0415 - keeps `import streamspace.cli` instant

    sys.exit(run(sys.argv[1:]))
