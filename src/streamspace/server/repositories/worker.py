"""The program that reads one repository, in a process of its own with little memory, time and no secrets but its own.

It reads one order from its standard input and writes lines of JSON: `progress` while it works, at the end `done` or
`failed`. Whatever a hostile repository does to it ends with it.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_EVERY_SECONDS = 0.5
_NOFILE = 128
_TOO_MUCH = "It needs more memory than a repository is given."


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be read, and how."""

    transport: str
    """`git`, `http`, or `path` for a folder of this machine."""
    url: str
    branch: str = "main"
    folder: str = ""
    auth: dict[str, str] = field(default_factory=dict)
    known: str = ""
    etag: str = ""
    reach: tuple[str, ...] = ()
    bounds: dict[str, float] = field(default_factory=dict)

    def text(self) -> str:
        """Write it down for the worker."""
        return json.dumps(asdict(self))


def main() -> None:
    """Do what standard input orders."""
    order = Order(**json.loads(sys.stdin.readline()))
    from streamspace.server.repositories.bounds import Bounds  # noqa: PLC0415 - the order first

    bounds = Bounds(**order.bounds)  # type: ignore[arg-type]
    _confine(bounds.memory_bytes, bounds.cpu_seconds, bounds.fetched_bytes)
    try:
        _tell(_result(order, bounds))
    except MemoryError:
        _tell({"failed": _TOO_MUCH})
    except RecursionError:
        _tell({"failed": "It is nested too deeply."})
    except Exception as error:  # noqa: BLE001 - whatever a stranger's bytes lead to, the log tells it
        if _out_of_memory(error):
            _tell({"failed": _TOO_MUCH})
        else:
            _tell({"failed": "What it sent cannot be read.", "trace": traceback.format_exc(limit=-8)})


def _out_of_memory(error: BaseException | None) -> bool:
    """Say whether this came of there being no memory left, be it while something was put away."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _confine(memory: int, seconds: int, file_bytes: int) -> None:
    """Have the kernel enforce what the code should have."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, file_bytes * 2),
        (resource.RLIMIT_NOFILE, _NOFILE),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (limit, limit))


def _result(order: Order, bounds: Any) -> dict[str, Any]:
    # Imported under the limits, and only what is needed.
    from streamspace.manifests import Rules  # noqa: PLC0415
    from streamspace.server.core.outbound import CannotFetch  # noqa: PLC0415
    from streamspace.server.repositories import manifests  # noqa: PLC0415
    from streamspace.server.repositories.bounds import Unusable  # noqa: PLC0415

    try:
        with tempfile.TemporaryDirectory(prefix="streamspace-repository-") as work:
            found = _fetch(order, bounds, Path(work))
        files = [] if found.unchanged else list(manifests.read(found, Rules()))
    except (CannotFetch, Unusable) as problem:
        return {"failed": problem.message}
    return {
        "done": {
            "revision": found.revision,
            "etag": found.etag,
            "hostKey": found.host_key,
            "unchanged": found.unchanged,
            "files": files,
        }
    }


def _fetch(order: Order, bounds: Any, work: Path) -> Any:
    from streamspace.server.core.outbound import Reach  # noqa: PLC0415
    from streamspace.server.repositories import addresses, folder  # noqa: PLC0415

    if order.transport == "path":
        return folder.fetch(Path(order.url), folder=order.folder, known=order.known, bounds=bounds)
    from streamspace.server.repositories import archives, git  # noqa: PLC0415
    from streamspace.server.repositories.ssh import Credentials  # noqa: PLC0415

    place, auth = addresses.place(order.url, order.transport), Credentials(**order.auth)
    common: dict[str, Any] = {
        "folder": order.folder,
        "known": order.known,
        "bounds": bounds,
        "reach": Reach.of(order.reach),
        "progress": _Teller(),
    }
    if order.transport == "http":
        return archives.fetch(place, auth, etag=order.etag, **common)
    return git.fetch(place, auth, branch=order.branch, work=work, **common)


class _Teller:
    """Tells how far we are, but not all the time."""

    def __init__(self) -> None:
        self._last = 0.0
        self._phase = ""

    def __call__(self, phase: str, received: int) -> None:
        now = time.monotonic()
        if phase != self._phase or now - self._last >= _EVERY_SECONDS:
            self._phase, self._last = phase, now
            _tell({"progress": {"phase": phase, "receivedBytes": received}})


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
