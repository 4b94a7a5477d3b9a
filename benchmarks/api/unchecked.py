"""The control plane with its checks taken out, to be compared with the real one: `python -m benchmarks.api.unchecked`.

Everybody is the same made-up administrator of everything: no token is read, nobody is looked up, no list is narrowed to
a tenant. It exists in this process only; the product has no switch for it.
"""

from __future__ import annotations

from streamspace.kit import logs
from streamspace.kit.running import until_signalled
from streamspace.server import program
from streamspace.server.core import http
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.core.settings import Settings

ANYBODY = Actor(id="-", username="-", org_id="-", role=Role.ADMIN, org_role=OrgRole.ORG_ADMIN, login_id="-")


async def anybody() -> Actor:
    """Stand in for whoever asks."""
    return ANYBODY


def main() -> None:
    """Serve until killed."""
    settings = Settings.load({}, None)
    logs.configure(fmt=settings.log_format, level=settings.log_level)
    server = program.make_server(settings)
    server.config.app.dependency_overrides[http._actor] = anybody  # type: ignore[union-attr]  # noqa: SLF001
    until_signalled(lambda stop: program.run_server(server, stop))


if __name__ == "__main__":
    main()
