from __future__ import annotations

from streamspace.server.core.errors import BadRequest, Conflict, Forbidden, NotFound


class NoSuchUser(NotFound):
    """There is no such person, or you may not see them."""

    code = "user_not_found"


class BadUsername(BadRequest):
    """A user name has 3 to 32 letters, digits, hyphens or underscores."""

    code = "bad_username"


class WeakPassword(BadRequest):
    """A password has at least 8 characters, and is not among the ones everybody tries first."""

    code = "weak_password"


class UsernameTaken(Conflict):
    """Somebody has this user name already."""

    code = "username_taken"


class EmailTaken(Conflict):
    """Somebody has this e-mail address already."""

    code = "email_taken"


class PasswordElsewhere(Conflict):
    """This person signs in through an identity provider, which keeps their password."""

    code = "password_elsewhere"


class WrongCurrentPassword(Forbidden):
    """The current password is wrong."""

    code = "wrong_password"


class NotYourself(Conflict):
    """You cannot deactivate or remove yourself, or lower your own role. Somebody else must."""

    code = "not_yourself"


class LastSystemAdministrator(Conflict):
    """The installation keeps at least one active administrator."""

    code = "last_system_administrator"


class BadImport(BadRequest):
    """The file is not CSV with the columns username, email and fullName."""

    code = "bad_import"
