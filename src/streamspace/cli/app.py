"""The tree of commands, and what happens when one fails."""

import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError, Group

import streamspace
from streamspace.cli import failures

EPILOGUE = """Environment: STREAMSPACE_SERVER (default http://localhost:8000) and STREAMSPACE_API_KEY (an API key,
instead of `streamspace login`; STREAMSPACE_TOKEN takes a key or a login's token).

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not signed in, 4 not found, 5 refused (permission, quota,
state), 6 unavailable (server, agent or capacity), 7 waited too long, 130 interrupted."""

_INTERRUPTED = 130

app = App(
    name="streamspace",
    help="Stream any GUI application to a browser.",
    help_epilogue=EPILOGUE,
    version=streamspace.__version__,
    suppress_keyboard_interrupt=False,
    result_action="return_value",
)

PROGRAMS = Group("Programs", sort_key=1)
USE = Group("Use a server", sort_key=2)
MACHINE = Group("This machine", sort_key=3)

for group, module, commands in (
    (
        PROGRAMS,
        "programs",
        {
            "up": "Run everything on this machine: control plane, gateway and an agent.",
            "server": "Run the control plane: API and web UI.",
            "gateway": "Run a gateway, which carries the streams.",
            "agent": "Run an agent, which runs sessions on this machine.",
        },
    ),
    (
        USE,
        "logins",
        {
            "login": "Sign in to a server and remember it.",
            "logout": "End the login and forget it.",
            "whoami": "Show who is signed in, and where.",
        },
    ),
):
    for name, text in commands.items():
        app.command(f"streamspace.cli.{module}:{name}", name=name, help=text, group=group)

for name, text in {
    "sessions": "Start, open, suspend and end sessions.",
    "shares": "Let others watch or control your sessions, and open theirs.",
    "templates": "Show what can be started.",
    "catalog": "Make templates of what others describe.",
    "repositories": "Say where templates come from, and have them read.",
    "agents": "Show and administer the hosts that run sessions.",
    "pools": "Have sessions wait for their people, so that they need not.",
    "users": "Show and administer people.",
    "groups": "Show and administer teams, departments and projects.",
    "organizations": "Show and administer organisations, and switch between yours.",
    "quotas": "Show and set what people, groups and organisations may use at once.",
    "policies": "Show and set what may cross the borders of sessions.",
    "keys": "Make and revoke API keys, with which programs sign in.",
    "audit": "Read, export and verify the audit log.",
    "logins": "Show where you are signed in, and sign out there.",
}.items():
    app.command(f"streamspace.cli.{name}:app", name=name, help=text, group=USE)

app.command(
    "streamspace.cli.doctor:doctor",
    name="doctor",
    help="Check what this machine lacks to run sessions, and how to get it.",
    group=MACHINE,
)
app.command(
    "streamspace.cli.scaletest:app", name="scaletest", help="Measure how much a control plane carries.", group=MACHINE
)
app.command("streamspace.cli.version:version", name="version", help="Show the releases in use.", group=MACHINE)
app["--help"].group = MACHINE
app["--version"].group = MACHINE


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; every failure ends as a sentence on stderr."""
    as_json = "--json" in arguments
    try:
        result = app(arguments, exit_on_error=False)
    except CycloptsError:
        return failures.USAGE  # cyclopts has said what is wrong
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; keep the interpreter from complaining when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - failures.report raises again what nobody foresaw
        return failures.report(error, as_json=as_json)
    return result if isinstance(result, int) else 0
