"""Who may do what. Each role has a line for each action; a missing one fails."""

import pytest

from streamspace.server.core.errors import Forbidden, NotFound
from streamspace.server.core.permissions import Action, Actor, OrgRole, Role, Scope, granted, may, require, scope

A = Action
NONE, OWN, ORG, ALL = Scope.NONE, Scope.OWN, Scope.ORG, Scope.ALL

# Whose things a member of an organisation reaches, by their role there, without a system role.
MEMBERS = {
    # action              viewer user  maint org_admin
    A.PROFILE_VIEW: (OWN, OWN, OWN, OWN),
    A.PROFILE_CHANGE: (OWN, OWN, OWN, OWN),
    A.CREDENTIALS_CHANGE: (OWN, OWN, OWN, OWN),
    A.KEY_MANAGE: (OWN, OWN, OWN, ORG),
    A.ORGANIZATION_VIEW: (ORG, ORG, ORG, ORG),
    A.ORGANIZATION_CHANGE: (NONE, NONE, NONE, ORG),
    A.ORGANIZATION_MANAGE: (NONE, NONE, NONE, NONE),
    A.USER_VIEW: (OWN, OWN, ORG, ORG),
    A.USER_MANAGE: (NONE, NONE, NONE, ORG),
    A.GROUP_VIEW: (ORG, ORG, ORG, ORG),
    A.GROUP_CREATE: (NONE, NONE, NONE, ORG),
    A.GROUP_CHANGE: (NONE, NONE, NONE, ORG),
    A.GROUP_MEMBERS: (NONE, NONE, NONE, ORG),
    A.GROUP_DELETE: (NONE, NONE, NONE, ORG),
    A.QUOTA_VIEW: (OWN, OWN, ORG, ORG),
    A.QUOTA_MANAGE: (NONE, NONE, NONE, ORG),
    A.QUOTA_GOVERN: (NONE, NONE, NONE, NONE),
    A.POLICY_VIEW: (NONE, NONE, ORG, ORG),
    A.POLICY_MANAGE: (NONE, NONE, NONE, ORG),
    A.PROVIDER_MANAGE: (NONE, NONE, NONE, ORG),
    A.PROVISION: (NONE, NONE, NONE, ORG),
    A.AUDIT_VIEW: (NONE, NONE, NONE, ORG),
    A.SESSION_CREATE: (NONE, OWN, OWN, ORG),
    A.SESSION_VIEW: (OWN, OWN, ORG, ORG),
    A.SESSION_CONNECT: (NONE, OWN, OWN, OWN),
    A.SESSION_FILES: (NONE, OWN, OWN, OWN),
    A.SESSION_CHANGE: (NONE, OWN, ORG, ORG),
    A.SESSION_STOP: (NONE, OWN, ORG, ORG),
    A.SESSION_LOGS: (NONE, OWN, ORG, ORG),
    A.SESSION_SHARE: (NONE, OWN, OWN, OWN),
    A.SHARE_MANAGE: (NONE, OWN, ORG, ORG),
    A.SHARE_USE: (OWN, OWN, OWN, OWN),
    A.TEMPLATE_VIEW: (ORG, ORG, ORG, ORG),
    A.TEMPLATE_PREFER: (OWN, OWN, OWN, OWN),
    A.TEMPLATE_RATE: (OWN, OWN, OWN, ORG),
    A.TEMPLATE_MANAGE: (NONE, NONE, ORG, ORG),
    A.REPOSITORY_VIEW: (ORG, ORG, ORG, ORG),
    A.REPOSITORY_INSPECT: (NONE, NONE, ORG, ORG),
    A.REPOSITORY_MANAGE: (NONE, NONE, ORG, ORG),
    A.AGENT_VIEW: (NONE, NONE, NONE, NONE),
    A.AGENT_MANAGE: (NONE, NONE, NONE, NONE),
    A.POOL_VIEW: (NONE, NONE, NONE, ORG),
    A.POOL_MANAGE: (NONE, NONE, NONE, ORG),
    A.METRICS_VIEW: (NONE, NONE, NONE, NONE),
}
# Whose things a system role reaches beyond that; the person is a plain user of their organisation.
SYSTEM = {
    # action              user  operator admin
    A.PROFILE_VIEW: (OWN, OWN, ALL),
    A.PROFILE_CHANGE: (OWN, OWN, OWN),
    A.CREDENTIALS_CHANGE: (OWN, OWN, OWN),
    A.KEY_MANAGE: (OWN, OWN, ALL),
    A.ORGANIZATION_VIEW: (ORG, ALL, ALL),
    A.ORGANIZATION_CHANGE: (NONE, NONE, ALL),
    A.ORGANIZATION_MANAGE: (NONE, NONE, ALL),
    A.USER_VIEW: (OWN, ALL, ALL),
    A.USER_MANAGE: (NONE, NONE, ALL),
    A.GROUP_VIEW: (ORG, ALL, ALL),
    A.GROUP_CREATE: (NONE, NONE, ALL),
    A.GROUP_CHANGE: (NONE, NONE, ALL),
    A.GROUP_MEMBERS: (NONE, NONE, ALL),
    A.GROUP_DELETE: (NONE, NONE, ALL),
    A.QUOTA_VIEW: (OWN, ALL, ALL),
    A.QUOTA_MANAGE: (NONE, ALL, ALL),
    A.QUOTA_GOVERN: (NONE, ALL, ALL),
    A.POLICY_VIEW: (NONE, ALL, ALL),
    A.POLICY_MANAGE: (NONE, NONE, ALL),
    A.PROVIDER_MANAGE: (NONE, NONE, ALL),
    A.PROVISION: (NONE, NONE, ALL),
    A.AUDIT_VIEW: (NONE, ALL, ALL),
    A.SESSION_CREATE: (OWN, OWN, ALL),
    A.SESSION_VIEW: (OWN, ALL, ALL),
    A.SESSION_CONNECT: (OWN, OWN, OWN),
    A.SESSION_FILES: (OWN, OWN, OWN),
    A.SESSION_CHANGE: (OWN, OWN, ALL),
    A.SESSION_STOP: (OWN, ALL, ALL),
    A.SESSION_LOGS: (OWN, ALL, ALL),
    A.SESSION_SHARE: (OWN, OWN, OWN),
    A.SHARE_MANAGE: (OWN, ALL, ALL),
    A.SHARE_USE: (OWN, OWN, OWN),
    A.TEMPLATE_VIEW: (ORG, ALL, ALL),
    A.TEMPLATE_PREFER: (OWN, OWN, OWN),
    A.TEMPLATE_RATE: (OWN, OWN, ALL),
    A.TEMPLATE_MANAGE: (NONE, NONE, ALL),
    A.REPOSITORY_VIEW: (ORG, ALL, ALL),
    A.REPOSITORY_INSPECT: (NONE, ALL, ALL),
    A.REPOSITORY_MANAGE: (NONE, NONE, ALL),
    A.AGENT_VIEW: (NONE, ALL, ALL),
    A.AGENT_MANAGE: (NONE, NONE, ALL),
    A.POOL_VIEW: (NONE, ALL, ALL),
    A.POOL_MANAGE: (NONE, NONE, ALL),
    A.METRICS_VIEW: (NONE, ALL, ALL),
}


def actor(role: Role = Role.USER, org_role: OrgRole = OrgRole.USER) -> Actor:
    return Actor(id="me", username="me", org_id="mine", role=role, org_role=org_role)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize(("place", "org_role"), list(enumerate(OrgRole)))
def test_what_a_role_in_an_organisation_gives(action: Action, place: int, org_role: OrgRole) -> None:
    assert scope(actor(org_role=org_role), action) is MEMBERS[action][place]


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize(("place", "role"), list(enumerate(Role)))
def test_what_a_system_role_gives(action: Action, place: int, role: Role) -> None:
    assert scope(actor(role), action) is SYSTEM[action][place]


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("org_role", OrgRole)
def test_roles_add_up_and_never_take_away(action: Action, role: Role, org_role: OrgRole) -> None:
    both = scope(actor(role, org_role), action)
    assert both == max(MEMBERS[action][list(OrgRole).index(org_role)], SYSTEM[action][list(Role).index(role)]) or (
        # A plain user's row is part of the system table's base.
        org_role is OrgRole.VIEWER and both <= SYSTEM[action][list(Role).index(role)]
    )


def test_nobody_watches_somebody_elses_screen_by_role_alone() -> None:
    for role in Role:
        for org_role in OrgRole:
            assert not may(actor(role, org_role), A.SESSION_CONNECT, owner_id="other", org_id="mine")


class TestMay:
    @pytest.mark.parametrize("action", Action)
    @pytest.mark.parametrize("org_role", OrgRole)
    def test_no_organisation_role_reaches_into_another_organisation(self, action: Action, org_role: OrgRole) -> None:
        assert not may(actor(org_role=org_role), action, owner_id="me", org_id="other")
        assert not may(actor(org_role=org_role), action, owner_id="me", org_id=None)


class TestRequire:
    def test_what_one_sees_but_may_not_do_is_forbidden(self) -> None:
        with pytest.raises(Forbidden):
            require(actor(Role.OPERATOR), A.SESSION_CHANGE, owner_id="x", org_id="other", see=A.SESSION_VIEW)

    def test_what_one_does_not_see_does_not_exist(self) -> None:
        with pytest.raises(NotFound):
            require(actor(), A.SESSION_CHANGE, owner_id="x", org_id="other", see=A.SESSION_VIEW)

    def test_what_one_may_do_passes(self) -> None:
        require(actor(), A.SESSION_CHANGE, owner_id="me", org_id="mine")


class TestGranted:
    def test_lists_what_is_permitted_and_how_far(self) -> None:
        listed = granted(actor(Role.OPERATOR, OrgRole.VIEWER))
        assert listed["session:stop"] == "all"
        assert listed["profile:view"] == "own"
        assert "agent:manage" not in listed
