"""Who comes in, as whom, with what rights: whatever a provider says."""

import string
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.server.core import permissions
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.sso.addresses import safe_next
from streamspace.server.sso.admission import (
    Admitted,
    External,
    GroupRule,
    Policy,
    Standing,
    admit,
    grants_of,
)
from streamspace.server.sso.errors import AccountElsewhere, EmailNotVerified, NotAdmitted, SsoRefused

ORG = "org-a"
GROUPS = st.sampled_from(["a", "b", "c"])
RULES = st.builds(
    GroupRule,
    claim=GROUPS,
    group=st.none() | st.sampled_from(["x", "y"]),
    org_role=st.none() | st.sampled_from(OrgRole),
    role=st.none() | st.sampled_from(Role),
)
POLICIES = st.builds(
    Policy,
    org_id=st.just(ORG),
    own=st.booleans(),
    allowed_domains=st.frozensets(st.sampled_from(["acme.example", "other.example"])),
    allowed_groups=st.frozensets(GROUPS),
    rules=st.lists(RULES, max_size=4).map(tuple),
    default_org_role=st.sampled_from([OrgRole.VIEWER, OrgRole.USER, OrgRole.MAINTAINER]),
    jit=st.booleans(),
)
PEOPLE = st.builds(
    External,
    subject=st.just("s"),
    email=st.sampled_from(["", "a@acme.example"]),
    email_verified=st.booleans(),
    domain=st.sampled_from(["", "acme.example", "ACME.example", "evil.example"]),
    groups=st.frozensets(GROUPS),
)
STANDINGS = st.none() | st.builds(
    Standing,
    user_id=st.just("u"),
    role=st.sampled_from(Role),
    provider=st.sampled_from(["local", "oidc", "saml"]),
    places=st.dictionaries(st.sampled_from([ORG, "org-b"]), st.sampled_from(OrgRole)),
    identities=st.integers(0, 2),
)


def outcome(policy: Policy, person: External, known: Standing | None, same: Standing | None) -> Admitted | None:
    try:
        return admit(policy, person, known=known, same_email=same)
    except SsoRefused:
        return None


@given(POLICIES, PEOPLE, STANDINGS, STANDINGS)
def test_an_organisations_own_provider_vouches_for_nobody_with_a_system_role(
    policy: Policy, person: External, known: Standing | None, same: Standing | None
) -> None:
    found = outcome(policy, person, known, same)
    if found is None or not policy.own:
        return
    assert found.grants.role is None
    whose = known or (same if found.user_id is not None else None)
    assert whose is None or (whose.role is Role.USER and ORG in whose.places)


@given(POLICIES, PEOPLE, STANDINGS, STANDINGS)
def test_an_address_alone_makes_nobody_somebody_else(
    policy: Policy, person: External, known: Standing | None, same: Standing | None
) -> None:
    found = outcome(policy, person, known, same)
    if found is None or known is not None or found.user_id is None:
        return
    assert same is not None
    assert found.link
    assert person.email_verified
    assert same.provider in {"oidc", "saml"}
    assert (same.identities, same.role, set(same.places)) == (0, Role.USER, {ORG})


@given(POLICIES, PEOPLE, STANDINGS, STANDINGS)
def test_nobody_comes_in_against_the_allow_rules(
    policy: Policy, person: External, known: Standing | None, same: Standing | None
) -> None:
    if outcome(policy, person, known, same) is None:
        return
    if policy.allowed_domains:
        assert person.email_verified
        assert person.domain.lower() in policy.allowed_domains
    if policy.allowed_groups:
        assert policy.allowed_groups & person.groups
    if known is None and same is None:
        assert policy.jit


@given(POLICIES, st.frozensets(GROUPS))
def test_a_provider_gives_what_its_rules_say_and_no_more(policy: Policy, groups: frozenset[str]) -> None:
    given_ = grants_of(policy, groups)
    rules = [rule for rule in policy.rules if rule.claim in groups]
    assert given_.groups <= given_.managed_groups
    assert given_.org_role in {None, policy.default_org_role, *(rule.org_role for rule in rules)}
    assert given_.role in {None, Role.USER, *(rule.role for rule in rules)}
    assert (given_.org_role is None) == all(rule.org_role is None for rule in policy.rules)


@given(POLICIES, st.frozensets(GROUPS), st.frozensets(GROUPS))
def test_more_groups_never_give_less(policy: Policy, some: frozenset[str], others: frozenset[str]) -> None:
    less, more = grants_of(policy, some), grants_of(policy, some | others)
    roles = list(OrgRole)
    if less.org_role is not None and less.org_role is not policy.default_org_role:
        assert more.org_role is not None
        assert roles.index(more.org_role) >= roles.index(less.org_role)
    assert less.groups <= more.groups


def test_an_administrator_of_the_organisation_covers_every_role_that_its_provider_can_give() -> None:
    strongest = Actor(id="", username="", org_id=ORG, org_role=OrgRole.ORG_ADMIN)
    for role in OrgRole:
        assert permissions.covers(strongest, role=Role.USER, org_role=role, org_id=ORG)
        assert not permissions.covers(strongest, role=Role.OPERATOR, org_role=role, org_id=ORG)


class TestReasons:
    PERSON = External(subject="s", email="a@acme.example", email_verified=True, domain="acme.example")

    def test_somebody_of_another_organisation_is_not_admitted(self) -> None:
        elsewhere = Standing(user_id="u", provider="oidc", places={"org-b": OrgRole.USER}, identities=1)
        with pytest.raises(NotAdmitted):
            admit(Policy(org_id=ORG, own=True), self.PERSON, known=elsewhere, same_email=None)
        with pytest.raises(AccountElsewhere):
            admit(Policy(org_id=ORG, own=True), self.PERSON, known=None, same_email=elsewhere)

    def test_who_was_provisioned_is_linked(self) -> None:
        here = Standing(user_id="u", provider="saml", places={ORG: OrgRole.USER})
        found = admit(Policy(org_id=ORG, own=True, jit=False), self.PERSON, known=None, same_email=here)
        assert (found.user_id, found.link) == ("u", True)

    def test_an_unverified_address_is_named_as_the_reason(self) -> None:
        policy = Policy(org_id=ORG, own=False, allowed_domains=frozenset({"acme.example"}))
        person = External(subject="s", email="a@acme.example", domain="acme.example")
        with pytest.raises(EmailNotVerified):
            admit(policy, person, known=None, same_email=None)


TRICKS = st.text(alphabet=string.ascii_lowercase + "/\\:@?#%.;&=\t\n\r\0 é\u202e", max_size=30)


@given(TRICKS.map(lambda text: "/" + text) | TRICKS | st.text(max_size=40))
def test_after_signing_in_one_is_still_here(wanted: str) -> None:
    origin = "https://desk.test.example"
    found = safe_next(wanted)
    place = urljoin(origin, found)
    assert f"{urlsplit(place).scheme}://{urlsplit(place).netloc}" == origin
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert "\r" not in found
    assert "\n" not in found


@pytest.mark.parametrize("good", ["/", "/sessions", "/sessions/a-b?view=list#top", "/a%2Fb"])
def test_places_of_ours_are_kept(good: str) -> None:
    assert safe_next(good) == good
