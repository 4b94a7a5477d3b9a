"""What is known of common identity providers, as data. `{…}` stands for what the administrator fills in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preset:
    """Where a provider is, and how it names things."""

    display_name: str
    kinds: tuple[str, ...]
    issuer: str = ""
    """OpenID Connect issuer."""
    metadata_url: str = ""
    """SAML metadata."""
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    groups_claim: str = "groups"
    hint: str = ""
    public: bool = False
    """Whether anybody in the world can have an account there."""
    hosted_domain: bool = False
    """Whether the claim `hd`, and not the e-mail address, says whose account it is."""
    refresh: str = "scope"
    """How a refresh token is asked for: the scope `offline_access`, the parameter `access_type`, or not at all."""


_PEOPLE = ("openid", "profile", "email")
PRESETS: Mapping[str, Preset] = {
    "google": Preset(
        "Google",
        ("oidc", "saml"),
        issuer="https://accounts.google.com",
        groups_claim="",
        hint="An OAuth client of the type “Web application”. For Workspace, allow your domain: it is compared with the "
        "account's organisation, not with its e-mail address.",
        public=True,
        hosted_domain=True,
        refresh="parameter",
    ),
    "github": Preset(
        "GitHub",
        ("oidc",),
        issuer="https://github.com",
        scopes=("read:user", "user:email", "read:org"),
        hint="An OAuth app. Groups are organisations (`acme`) and teams (`acme/developers`).",
        public=True,
        refresh="none",
    ),
    "entra": Preset(
        "Microsoft Entra ID",
        ("oidc", "saml"),
        issuer="https://login.microsoftonline.com/{tenant}/v2.0",
        metadata_url="https://login.microsoftonline.com/{tenant}/federationmetadata/2007-06/federationmetadata.xml",
        hint="Use your tenant's id: `common` would let in every tenant. Groups come as object ids, once the app's "
        "token configuration has the groups claim.",
    ),
    "okta": Preset(
        "Okta",
        ("oidc", "saml"),
        issuer="https://{domain}",
        metadata_url="https://{domain}/app/{app}/sso/saml/metadata",
        scopes=(*_PEOPLE, "groups"),
        hint="Give the app a groups claim, or take the scope `groups` away.",
    ),
    "keycloak": Preset(
        "Keycloak",
        ("oidc", "saml"),
        issuer="https://{host}/realms/{realm}",
        metadata_url="https://{host}/realms/{realm}/protocol/saml/descriptor",
        hint="A client with client authentication. Groups need a “Group Membership” mapper named groups.",
    ),
    "authentik": Preset(
        "authentik",
        ("oidc", "saml"),
        issuer="https://{host}/application/o/{slug}/",
        metadata_url="https://{host}/application/saml/{slug}/metadata/",
        hint="The issuer ends with a slash. The scope `profile` brings the groups.",
    ),
    "gitlab": Preset(
        "GitLab",
        ("oidc",),
        issuer="https://gitlab.com",
        groups_claim="groups_direct",
        hint="An application with the scopes openid, profile and email; your own GitLab has its own address as issuer.",
        public=True,
        refresh="always",
    ),
    "auth0": Preset(
        "Auth0",
        ("oidc", "saml"),
        issuer="https://{domain}/",
        metadata_url="https://{domain}/samlp/metadata/{clientId}",
        hint="The issuer ends with a slash. Roles or groups come through an action that adds a claim.",
    ),
    "generic": Preset("Single sign-on", ("oidc", "saml"), hint="Any provider that speaks the protocol."),
}
