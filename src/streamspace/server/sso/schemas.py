from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from streamspace.protocol.base import Wire
from streamspace.server.core.permissions import OrgRole, Role

Kind = Literal["oidc", "saml"]
PresetName = Literal["google", "github", "entra", "okta", "keycloak", "authentik", "gitlab", "auth0", "generic"]


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("It holds a character that cannot be shown.")
    return text


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("It holds a NUL.")
    return text


_DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


def _domain(text: str) -> str:
    text = text.lower()
    if not _DOMAIN.fullmatch(text):
        raise ValueError("A domain is written like example.org.")
    return text


Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(_printable)]
Url = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), AfterValidator(_printable)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$")]
Shown = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_printable)
]
Domain = Annotated[str, StringConstraints(strip_whitespace=True, max_length=253), AfterValidator(_domain)]
Claim = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_printable)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_no_nul)]
Document = Annotated[str, StringConstraints(max_length=500_000), AfterValidator(_no_nul)]
GroupName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9_-]{0,48}[a-z0-9])?$")]


class GroupRuleIO(Wire):
    """Who is in the provider's group `claim` gets a group here, a role in the organisation, or a system role."""

    claim: Claim
    group_name: GroupName | None = None
    org_role: OrgRole | None = None
    role: Role | None = None


class ProviderFields(Wire):
    """What can be said about a provider of either kind."""

    display_name: Shown | None = None
    enabled: bool | None = None
    listed: bool | None = None
    allowed_domains: Annotated[list[Domain], Field(max_length=50)] | None = None
    allowed_groups: Annotated[list[Claim], Field(max_length=50)] | None = None
    group_rules: Annotated[list[GroupRuleIO], Field(max_length=200)] | None = None
    default_org_role: Literal["viewer", "user", "maintainer"] | None = None
    jit: bool | None = None
    trust_mfa: bool | None = None
    trust_email: bool | None = None
    recheck_minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    session_hours: Annotated[int, Field(ge=1, le=720)] | None = None

    # OpenID Connect
    issuer: Url | None = None
    client_id: Line | None = None
    client_secret: Secret | None = None
    scopes: Annotated[list[Line], Field(max_length=20)] | None = None
    groups_claim: Line | None = None
    username_claim: Line | None = None

    # SAML
    metadata_url: Url | None = None
    metadata_xml: Document | None = None
    want_response_signed: bool | None = None
    allow_unsolicited: bool | None = None
    email_attribute: Line | None = None
    name_attribute: Line | None = None
    username_attribute: Line | None = None
    groups_attribute: Line | None = None
    subject_attribute: Line | None = None


class ProviderIn(ProviderFields):
    """A new provider. For OpenID Connect its issuer and client; for SAML its metadata, as address or as text."""

    name: Name
    kind: Kind
    preset: PresetName = "generic"
    org_id: Annotated[str, StringConstraints(max_length=64), AfterValidator(_no_nul)] | None = None


class ProviderPatch(ProviderFields):
    """What shall change; name, kind and organisation do not."""


class ProviderOut(Wire):
    """A provider, with the addresses it must be told. Secrets are never shown."""

    id: str
    org_id: str
    kind: Kind
    name: str
    display_name: str
    preset: str
    enabled: bool
    listed: bool
    managed_by: Literal["platform", "org"]
    allowed_domains: list[str]
    allowed_groups: list[str]
    group_rules: list[GroupRuleIO]
    default_org_role: OrgRole
    jit: bool
    trust_mfa: bool
    trust_email: bool
    recheck_minutes: int
    session_hours: int
    config: dict[str, Any]
    has_secret: bool
    login_url: str
    addresses: dict[str, str]
    """What the provider must be told: its redirectUri and the like; or our entityId, acsUrl, sloUrl, metadataUrl."""
    people: int
    created_at: datetime
    updated_at: datetime


class ProviderList(Wire):
    """Providers the caller may manage."""

    providers: list[ProviderOut]
    total: int


class Check(Wire):
    """One thing that was looked at."""

    name: str
    ok: bool
    message: str


class ProviderTestOut(Wire):
    """What asking the provider showed."""

    ok: bool
    checks: list[Check]


class PresetOut(Wire):
    """What is known of a common provider."""

    name: str
    display_name: str
    kinds: list[Kind]
    issuer: str
    metadata_url: str
    scopes: list[str]
    groups_claim: str
    hint: str
    public: bool


class PresetList(Wire):
    """Common providers."""

    presets: list[PresetOut]


class PublicProvider(Wire):
    """A way to sign in."""

    id: str
    name: str
    display_name: str
    kind: Kind
    preset: str
    login_url: str


class SignInWays(Wire):
    """What the sign-in page offers."""

    providers: list[PublicProvider]
    local_login: bool
    passkeys: bool


class LogoutUrlOut(Wire):
    """Where a browser goes after it signed out here, to sign out there too; null if there is no such place."""

    url: str | None
