"""The first process of a container: takes what a sandbox's would inherit from the agent, and runs the session.

The agent listens on a socket in a folder that is read-only here, passes one message with four descriptors (the
configuration, the status, the log, the session's listening socket), and closes it, so nothing else can ask again.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from typing import Any

from streamspace.platforms.process.inside.secrecy import hide_this_process
from streamspace.platforms.process.inside.supervisor import Supervisor

HANDOVER_SOCKET = "/run/streamspace/c"
PATIENCE_SECONDS = 30


def receive() -> dict[str, Any]:
    """Return the configuration, with the descriptors' numbers in it."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE_SECONDS)
        connection.connect(HANDOVER_SOCKET)
        _, descriptors, _, _ = socket.recv_fds(connection, 1, 4)
    configuration, status, log, listener = descriptors
    with os.fdopen(configuration, "rb") as source:
        config: dict[str, Any] = json.load(source)
    for descriptor in (status, log, listener):
        os.set_inheritable(descriptor, False)
    # The image says how its Python is run: by the same words that run this.
    return config | {"status_fd": status, "log_fd": log, "listen_fd": listener, "python": sys.orig_argv[:-1]}


def main() -> None:
    """Run the session; a container that nobody hands anything to, as after an engine's restart, ends with a reason."""
    hide_this_process()
    try:
        config = receive()
    except (OSError, ValueError) as error:
        sys.exit(f"No agent handed this session over: {error}")
    Supervisor(config).run()
