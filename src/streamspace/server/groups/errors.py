from __future__ import annotations

from streamspace.server.core.errors import Conflict, NotFound


class NoSuchGroup(NotFound):
    """There is no such group, or you may not see it."""

    code = "group_not_found"


class GroupExists(Conflict):
    """A group of this name exists already."""

    code = "group_exists"


class GroupCycle(Conflict):
    """A group cannot be inside itself, or inside a group that is inside it."""

    code = "group_cycle"


class TooDeep(Conflict):
    """Groups can be nested ten levels deep."""

    code = "too_deep"


class GroupNotEmpty(Conflict):
    """Other groups are inside this one. Move or remove them first."""

    code = "group_not_empty"


class NotInGroup(NotFound):
    """This person is not in the group."""

    code = "not_in_group"


class NotInOrganization(NotFound):
    """There is no such person in this organisation."""

    code = "not_in_organization"


class AlreadyInGroup(Conflict):
    """This person is in the group already."""

    code = "already_in_group"
