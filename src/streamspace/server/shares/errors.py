from __future__ import annotations

from streamspace.server.core.errors import BadRequest, Conflict, Forbidden, NotFound


class NoSuchShare(NotFound):
    """There is no such share, or it is over."""

    code = "share_not_found"


class NotShared(NotFound):
    """This session is not shared with you, or no longer."""

    code = "not_shared"


class NoSuchInvitee(NotFound):
    """There is nobody of that name in this organisation."""

    code = "invitee_not_found"


class BadShare(BadRequest):
    """An invitation names a person; a link names nobody."""

    code = "bad_share"


class BadShareLife(BadRequest):
    """A share lasts between a minute and 30 days."""

    code = "bad_share_life"


class TooManyShares(Conflict):
    """This session has as many shares as it may have. End one first."""

    code = "too_many_shares"


class GuestsNotAllowed(Forbidden):
    """This organisation lets nobody in without a login. Sign in, then open the link again."""

    code = "guests_not_allowed"


class ControlNotPossible(Conflict):
    """The machine that runs this session cannot hand control around."""

    code = "control_not_possible"
