"""May this person, for whom somebody else vouches, come in? As whom, with what rights? Pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from streamspace.server.core import permissions
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.sso.errors import AccountElsewhere, EmailNotVerified, NotAdmitted

_ORG_ROLES = tuple(OrgRole)
_ROLES = tuple(Role)


@dataclass(frozen=True, kw_only=True, slots=True)
class External:
    """Somebody as a provider describes them."""

    subject: str
    email: str = ""
    email_verified: bool = False
    domain: str = ""
    """Whose account it is; compared with the domains that are allowed."""
    username: str = ""
    full_name: str = ""
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupRule:
    """What being in one of the provider's groups gives."""

    claim: str
    group: str | None = None
    org_role: OrgRole | None = None
    role: Role | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """What a provider's settings say about who may come in."""

    org_id: str
    own: bool
    """Whether the organisation made the provider itself; then it counts nowhere else, and for no administrator."""
    allowed_domains: frozenset[str] = frozenset()
    allowed_groups: frozenset[str] = frozenset()
    rules: tuple[GroupRule, ...] = ()
    default_org_role: OrgRole = OrgRole.USER
    jit: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Somebody who is here already."""

    user_id: str
    role: Role = Role.USER
    provider: str = "local"
    places: Mapping[str, OrgRole] = field(default_factory=dict)
    """Organisation → role there."""
    identities: int = 0
    """How many identities point at them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grants:
    """What the provider's groups give. None leaves as it is what nobody wrote a rule for."""

    org_role: OrgRole | None
    role: Role | None
    groups: frozenset[str]
    managed_groups: frozenset[str]
    """Groups that rules speak of: who is not in `groups` is taken out of these."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Admitted:
    """They may come in: as somebody known, or as somebody new when `user_id` is None."""

    user_id: str | None
    link: bool
    """Whether the identity must be written down first."""
    grants: Grants


def policy_of(
    *,
    org_id: str,
    managed_by: str,
    allowed_domains: Iterable[str],
    allowed_groups: Iterable[str],
    group_rules: Iterable[Mapping[str, Any]],
    default_org_role: str,
    jit: bool,
) -> Policy:
    """Read a policy as it is kept."""
    return Policy(
        org_id=org_id,
        own=managed_by != "platform",
        allowed_domains=frozenset(allowed_domains),
        allowed_groups=frozenset(allowed_groups),
        rules=tuple(
            GroupRule(
                claim=rule["claim"],
                group=rule.get("group_name"),
                org_role=OrgRole(rule["org_role"]) if rule.get("org_role") else None,
                role=Role(rule["role"]) if rule.get("role") else None,
            )
            for rule in group_rules
        ),
        default_org_role=OrgRole(default_org_role),
        jit=jit,
    )


def admit(policy: Policy, person: External, *, known: Standing | None, same_email: Standing | None) -> Admitted:
    """Decide. `known` has this identity already; `same_email` is somebody with the same e-mail address.

    Raises:
        NotAdmitted, EmailNotVerified, AccountElsewhere.
    """
    _check_allowed(policy, person)
    grants = grants_of(policy, person.groups)
    if known is not None:
        _check_reach(policy, known)
        return Admitted(user_id=known.user_id, link=False, grants=grants)
    if same_email is not None:
        if not _may_link(policy, person, same_email):
            raise AccountElsewhere
        return Admitted(user_id=same_email.user_id, link=True, grants=grants)
    if not policy.jit:
        raise NotAdmitted
    return Admitted(user_id=None, link=True, grants=grants)


def _check_allowed(policy: Policy, person: External) -> None:
    if policy.allowed_domains:
        if person.domain.lower() not in policy.allowed_domains:
            raise NotAdmitted
        if not person.email_verified:
            raise EmailNotVerified
    if policy.allowed_groups and not policy.allowed_groups & person.groups:
        raise NotAdmitted


def _check_reach(policy: Policy, user: Standing) -> None:
    """Refuse whom this provider may not vouch for."""
    place = user.places.get(policy.org_id)
    if place is None:
        raise NotAdmitted
    if policy.own and not _covered(policy, user.role, place):
        raise NotAdmitted


def _covered(policy: Policy, role: Role, org_role: OrgRole) -> bool:
    strongest = Actor(id="", username="", org_id=policy.org_id, role=Role.USER, org_role=OrgRole.ORG_ADMIN)
    return role is Role.USER and permissions.covers(strongest, role=role, org_role=org_role, org_id=policy.org_id)


def _may_link(policy: Policy, person: External, user: Standing) -> bool:
    """Say whether an e-mail address is enough: only for who was provisioned here, for this, and nothing else."""
    return (
        person.email_verified
        and user.provider in {"oidc", "saml"}
        and user.identities == 0
        and user.role is Role.USER
        and set(user.places) == {policy.org_id}
    )


def grants_of(policy: Policy, groups: frozenset[str]) -> Grants:
    """Return what these groups give: of several roles the strongest."""
    matching = [rule for rule in policy.rules if rule.claim in groups]
    org_roles = [rule.org_role for rule in matching if rule.org_role is not None]
    roles = [rule.role for rule in matching if rule.role is not None]
    org_role = role = None
    if any(rule.org_role is not None for rule in policy.rules):
        org_role = max(org_roles, key=_ORG_ROLES.index) if org_roles else policy.default_org_role
    if not policy.own and any(rule.role is not None for rule in policy.rules):
        role = max(roles, key=_ROLES.index) if roles else Role.USER
    return Grants(
        org_role=org_role,
        role=role,
        groups=frozenset(rule.group for rule in matching if rule.group is not None),
        managed_groups=frozenset(rule.group for rule in policy.rules if rule.group is not None),
    )
