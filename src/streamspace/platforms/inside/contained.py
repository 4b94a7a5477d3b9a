"""The first process of a container: takes what a sandbox's would inherit from the agent, and runs the session.

The agent listens on a socket in a folder that is read-only here, passes one message with five descriptors (the
configuration, the status, the log, the sockets on which the session and its files are asked for), and closes it, so
nothing else can ask again. A container that waits for its person gets a sixth, on which it is told whose it becomes.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from typing import Any

from streamspace.platforms.inside.secrecy import hide_this_process
from streamspace.platforms.inside.serving import supervise

HANDOVER_SOCKET = "/run/streamspace/c"
PATIENCE_SECONDS = 30


def receive() -> dict[str, Any]:
    """Return the configuration, with the descriptors' numbers in it."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE_SECONDS)
        connection.connect(HANDOVER_SOCKET)
        _, descriptors, _, _ = socket.recv_fds(connection, 1, 6)
    configuration, status, log, listener, files, *claims = descriptors
    with os.fdopen(configuration, "rb") as source:
        config: dict[str, Any] = json.load(source)
    for descriptor in (status, log, listener, files, *claims):
        os.set_inheritable(descriptor, False)
    # The image says how its Python is run: by the same words that run this.
    handed_over = {"status_fd": status, "log_fd": log, "listen_fd": listener, "files_fd": files}
    if claims:
        handed_over["claim_fd"] = claims[0]
    return config | handed_over | {"python": sys.orig_argv[:-1]}


def main() -> None:
    """Run the session; a container that nobody hands anything to, as after an engine's restart, ends with a reason."""
    hide_this_process()
    try:
        config = receive()
    except (OSError, ValueError) as error:
        sys.exit(f"No agent handed this session over: {error}")
    supervise(config)
