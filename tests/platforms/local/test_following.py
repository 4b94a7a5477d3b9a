"""What a person reads when a start fails."""

from __future__ import annotations

import subprocess

from streamspace.platforms.local.following import what_failed


def test_a_failed_command_is_quoted_by_what_it_said_not_by_its_arguments() -> None:
    error = subprocess.CalledProcessError(1, ["unshare", "--mount", "a" * 5000])
    said = what_failed(error, "first\nunshare: cannot change root filesystem propagation: Invalid argument\n")
    assert (
        said == "The sandbox could not be set up: unshare: cannot change root filesystem propagation: Invalid argument"
    )
    assert what_failed(error, "") == "The sandbox could not be set up: status 1"


def test_anything_else_is_said_as_it_is() -> None:
    assert (
        what_failed(OSError("No space left on device"), "")
        == "The session could not be started: No space left on device"
    )
