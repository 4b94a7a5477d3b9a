from __future__ import annotations

from streamspace.server.core.errors import BadRequest, Conflict, Forbidden, NotFound, Unavailable


class NoSuchProvider(NotFound):
    """There is no identity provider of this name."""

    code = "provider_not_found"


class ProviderExists(Conflict):
    """An identity provider has this name already; names are part of its addresses."""

    code = "provider_exists"


class ManagedByPlatform(Forbidden):
    """This identity provider is the installation's administrators' to change."""

    code = "provider_managed_by_platform"


class BadProvider(BadRequest):
    """These settings do not make an identity provider."""

    code = "bad_provider"


class OpenToEverybody(BadRequest):
    """Anybody can have an account there: name the domains or groups that may come in, or turn off making people."""

    code = "provider_open_to_everybody"


class SsoRefused(Forbidden):
    """The identity provider's answer was refused. Try again; an administrator finds the reason in the log."""

    code = "sso_refused"


class SsoExpired(SsoRefused):
    """This sign-in took too long, or began in another browser. Try again."""

    code = "sso_expired"


class SsoDenied(SsoRefused):
    """The identity provider did not let you in."""

    code = "sso_denied"


class NotAdmitted(SsoRefused):
    """You are known to the identity provider, but not allowed in here. Ask an administrator."""

    code = "sso_not_admitted"


class EmailNotVerified(SsoRefused):
    """The identity provider has not verified your e-mail address, so it does not count."""

    code = "sso_email_not_verified"


class AccountElsewhere(SsoRefused):
    """An account with your e-mail address exists already and signs in another way. Ask an administrator."""

    code = "sso_account_elsewhere"


class SsoUnreachable(Unavailable):
    """The identity provider does not answer, or not as it should. Try again later."""

    code = "sso_unreachable"


class SamlUnavailable(Unavailable):
    """SAML needs the program xmlsec1, which this machine lacks (Debian: apt-get install xmlsec1)."""

    code = "saml_unavailable"


class SeveralProviders(NotFound):
    """There is not exactly one SAML provider, so the address must name it: /auth/saml/NAME/login."""

    code = "provider_not_named"


class BadLogoutToken(BadRequest):
    """This is not a logout token of this provider."""

    code = "bad_logout_token"


class NoLogout(NotFound):
    """This provider has no sign-out of its own."""

    code = "no_provider_logout"
