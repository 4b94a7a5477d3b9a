from __future__ import annotations

from streamspace.server.core.errors import Conflict, Forbidden, NotFound


class NoSuchOrganization(NotFound):
    """There is no such organisation, or you may not see it."""

    code = "organization_not_found"


class OrganizationExists(Conflict):
    """An organisation of this name exists already."""

    code = "organization_exists"


class OrganizationProtected(Conflict):
    """The default organisation cannot be suspended or deleted."""

    code = "organization_protected"


class LastAdministrator(Conflict):
    """An organisation keeps at least one administrator. Make somebody else one first."""

    code = "last_administrator"


class OnlyOrganization(Conflict):
    """This is the only organisation the person belongs to. Deactivate or remove the person instead."""

    code = "only_organization"


class BeyondYourRights(Forbidden):
    """You cannot give, change or take away rights that you do not have yourself."""

    code = "beyond_your_rights"
