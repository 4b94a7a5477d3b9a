from __future__ import annotations

from streamspace.server.core.errors import NotFound


class NoSuchTemplate(NotFound):
    """There is no template of this name that you may use."""

    code = "template_not_found"


class NoIcon(NotFound):
    """This template has no icon."""

    code = "icon_not_found"
