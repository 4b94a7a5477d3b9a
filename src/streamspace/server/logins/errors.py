from __future__ import annotations

from streamspace.server.core.errors import Forbidden, NotFound, Unauthenticated


class WrongPassword(Unauthenticated):
    """The user name or the password is wrong."""

    code = "invalid_credentials"


class RefreshTokenReused(Unauthenticated):
    """This sign-in was renewed elsewhere with the same token, so it was ended. Sign in again."""

    code = "refresh_token_reused"
    keeps_work = True


class MfaRequired(Unauthenticated):
    """One more step: give a code, or use a passkey."""

    code = "mfa_required"
    keeps_work = True


class WrongCode(Unauthenticated):
    """This code or passkey is not right."""

    code = "wrong_code"
    keeps_work = True  # the wrong try is counted


class MfaExpired(Unauthenticated):
    """This sign-in took too long. Begin again."""

    code = "mfa_expired"


class ProviderGone(Forbidden):
    """The identity provider that you came from is switched off, or no longer knows you. Begin again."""

    code = "provider_gone"


class Deactivated(Forbidden):
    """This account is switched off; an administrator can switch it on."""

    code = "account_inactive"


class OrganizationSuspended(Forbidden):
    """Your organisation is suspended; its administrator can tell you why."""

    code = "organization_suspended"


class NoSuchLogin(NotFound):
    """There is no such sign-in, or it is not yours."""

    code = "login_not_found"


class AlreadySetUp(Forbidden):
    """The first administrator has chosen a password already."""

    code = "already_set_up"
