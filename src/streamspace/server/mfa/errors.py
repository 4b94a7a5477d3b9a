from __future__ import annotations

from streamspace.server.core.errors import BadRequest, Conflict, Forbidden, NotFound, Problem


class WrongSetupCode(BadRequest):
    """The code does not fit. Check that the telephone's clock is right, and take the code that is shown now."""

    code = "wrong_setup_code"


class BadPasskey(BadRequest):
    """The passkey could not be added: the browser's answer does not fit what was asked, or came too late."""

    code = "bad_passkey"


class NoSuchMethod(NotFound):
    """You have no such second factor."""

    code = "mfa_method_not_found"


class MethodNotImplemented(Problem):
    """Codes by SMS or e-mail are not implemented; use an authenticator app or a passkey."""

    status = 501
    code = "not_implemented"


class TooManyMethods(Conflict):
    """You have as many second factors as one person may have; remove one first."""

    code = "too_many_mfa_methods"


class PasskeyKnown(Conflict):
    """This passkey has been added before."""

    code = "passkey_known"


class NoMethodYet(Conflict):
    """Set up an authenticator app or a passkey first; backup codes stand in for those."""

    code = "no_mfa_method"


class LastMethod(Conflict):
    """Your organisation requires a second factor, and this is your last. Set up another one first."""

    code = "last_mfa_method"


class PasskeysNeedName(Conflict):
    """Passkeys need a host name: this installation is reached by an IP address. An administrator can set public_url."""

    code = "passkeys_need_name"


class PasskeysNeedTls(Conflict):
    """Browsers offer passkeys only over HTTPS, or on localhost. An administrator can set up a certificate."""

    code = "passkeys_need_tls"


class PasskeyIsSecond(Forbidden):
    """Your identity provider vouches for you: sign in there first. This passkey is your second step."""

    code = "single_sign_on_required"


class ReauthenticationRequired(Forbidden):
    """Give your password again, or sign in again: this changes how you prove who you are."""

    code = "reauthentication_required"
