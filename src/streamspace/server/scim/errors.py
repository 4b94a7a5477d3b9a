from __future__ import annotations

from streamspace.server.core.errors import BadRequest, Conflict


class UserNameProvisioned(Conflict):
    """Somebody in this organisation has this userName already."""

    code = "user_name_provisioned"


class DisplayNameProvisioned(Conflict):
    """A group of this organisation has this displayName already."""

    code = "display_name_provisioned"


class BadResource(BadRequest):
    """This is not a SCIM resource, or says what cannot be kept."""

    code = "bad_scim_resource"


class BadSearch(BadRequest):
    """This filter, order or page is not one that can be answered."""

    code = "bad_scim_search"
