"""Questions to the person at the terminal, and what scripts answer instead."""

import getpass
import sys

from streamspace.cli.failures import USAGE, CommandFailed


def line_of_stdin() -> str:
    """Read one line that a script wrote."""
    return sys.stdin.readline().rstrip("\r\n")


def terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def secret(prompt: str, *, from_stdin: bool = False) -> str:
    """Ask for a secret, which is never an option because other users of this machine could read it."""
    if from_stdin:
        return line_of_stdin()
    if not terminal():
        raise CommandFailed(f"There is no terminal to ask on: {prompt}", USAGE, hint="Use --password-stdin.")
    return getpass.getpass(f"{prompt}: ")


def new_password(*, from_stdin: bool = False) -> str:
    """Ask for a new password, twice where somebody types it."""
    chosen = secret("New password", from_stdin=from_stdin)
    if not from_stdin and getpass.getpass("Again: ") != chosen:
        raise CommandFailed("The two passwords differ.", USAGE)
    return chosen


def confirm(question: str, *, yes: bool) -> None:
    """Have the person confirm what cannot be undone; `yes` is the script's way."""
    if yes:
        return
    if not terminal():
        raise CommandFailed(f"{question} There is no terminal to ask on.", USAGE, hint="Add --yes.")
    if input(f"{question} [y/N] ").strip().lower() not in {"y", "yes"}:
        raise CommandFailed("Nothing was changed.")
