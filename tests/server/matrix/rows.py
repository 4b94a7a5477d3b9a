"""Who may do what, operation by operation. People write this table; nothing here is computed from the product's own.

A row's key is the operation's id, perhaps with a word after a blank for a further case of the same operation: without
one, the operation is done to things of acme that belong to a colleague; `own` is done to one's own things.
`$thing.attribute` names what `things.py` makes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from streamspace.server.core.permissions import GroupRole
from tests.server import people

# Everybody who signed in, and who of them runs something.
PEOPLE = "viewer user maintainer org_admin operator admin rival"
WORKING = "user maintainer org_admin operator admin rival"
ANY_KEY = f"{PEOPLE} narrow"
ACME = "viewer user maintainer org_admin"
ACME_SEEN = f"{ACME} operator admin"
OVERSEEN = "maintainer org_admin operator admin"
ORG_ADMINS = "org_admin admin"
EACH_ORG_ADMIN = "org_admin admin rival"
LIMITS = "org_admin operator admin"
PLATFORM = "operator admin"
OK = frozenset({200, 201, 202, 204, 303})
PASSWORD = people.PASSWORD
_SCIM = "urn:ietf:params:scim:schemas:core:2.0"
_SCIM_USER = {"schemas": [f"{_SCIM}:User"], "userName": "$fresh.name", "emails": [{"value": "$fresh.email"}]}
_SCIM_SEARCH = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "count": 50}
_SCIM_PATCH = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One operation, done in one way."""

    may: str
    """Who may, by name; `public` is everybody. Nobody else gets in."""
    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    json: Any = None
    text: str | None = None
    answers: frozenset[int] = OK
    """What those get who may; anything but success needs a reason beside it."""
    refused: frozenset[int] = frozenset({403, 404})
    """What those get who signed in and may not."""
    own: bool = False
    """Whether the things belong to who asks."""
    group_role: GroupRole | None = None
    """What who asks is in the group."""


def _one(*answers: int) -> frozenset[int]:
    return frozenset(answers)


def _user(may: str, **more: Any) -> Row:
    return Row(may=may, **{"path": {"user_id": "$person.id"}, **more})


def _group(may: str, **more: Any) -> Row:
    return Row(may=may, path={"group_id": "$group.id"}, **more)


def _member(may: str, **more: Any) -> Row:
    return Row(may=may, path={"group_id": "$group.id", "user_id": "$person.id"}, **more)


def _session(may: str, **more: Any) -> Row:
    return Row(may=may, path={"session_id": "$session.id"}, **more)


def _mine(may: str, thing: str = "session", **more: Any) -> Row:
    name = {"session": "session_id", "asleep": "session_id", "key": "key_id", "login": "login_id"}.get(thing, "mfa_id")
    return Row(may=may, path={name: f"${thing}.id"}, own=True, **more)


_CONNECTION = {"connectionId": "$connection.id"}
_ONE_CONNECTION = {"session_id": "$session.id", "connection_id": "$connection.id"}
_LIMIT = {"maxSessions": 7}
_POLICY = {"clipboard": "in"}
_NOBODY = {"name": "nobody"}
_ADMIN, _OWNER, _MEMBER = GroupRole.ADMIN, GroupRole.OWNER, GroupRole.MEMBER
_NEW_PERSON = {"username": "$fresh.name", "email": "$fresh.email", "fullName": "New", "password": PASSWORD}
_NEW_PROVIDER = {"name": "$fresh.name", "kind": "oidc", "issuer": "https://login.invalid", "clientId": "us"}

SESSIONS: dict[str, Row] = {
    "list_sessions": Row(may=PEOPLE),
    "list_sessions_by_tags": Row(may=PEOPLE, query={"tags": "red"}),
    "create_session": Row(may=WORKING, json={"template": "editor"}),
    "create_session for a colleague": Row(may=ORG_ADMINS, json={"template": "editor", "user": "$person.username"}),
    "get_session": _session(OVERSEEN),
    "get_session own": _mine(PEOPLE),
    "update_session": _session("maintainer org_admin admin", json={"tags": ["red"]}),
    "update_session own": _mine(WORKING, json={"tags": ["red"]}),
    "delete_session": _session(OVERSEEN),
    "delete_session own": _mine(WORKING),
    "update_session_tags": _session("maintainer org_admin admin", json={"tags": ["red"]}),
    "update_session_tags own": _mine(WORKING, json={"tags": ["red"]}),
    "hibernate_session": _session("maintainer org_admin admin"),
    "hibernate_session own": _mine(WORKING),
    "wake_session": Row(may="maintainer org_admin admin", path={"session_id": "$asleep.id"}),
    "wake_session own": _mine(WORKING, "asleep"),
    # Nobody watches somebody else's screen by role alone.
    "connect_session": _session(""),
    "connect_session own": _mine(WORKING),
    "open_files": _session(""),
    "open_files own": _mine(WORKING),
    "disconnect_session": _session("", query=_CONNECTION),
    "disconnect_session own": _mine(WORKING, query=_CONNECTION),
    "session_heartbeat": _session("", query=_CONNECTION),
    "session_heartbeat own": _mine(WORKING, query=_CONNECTION),
    "get_session_connections": _session(OVERSEEN),
    "get_session_connections own": _mine(PEOPLE),
    "end_connection": Row(may=OVERSEEN, path=_ONE_CONNECTION),
    "end_connection own": Row(may=WORKING, path=_ONE_CONNECTION, own=True),
    "get_session_events": _session(OVERSEEN),
    "get_session_events own": _mine(PEOPLE),
    "get_session_placement": _session(OVERSEEN),
    "get_session_placement own": _mine(PEOPLE),
    "get_session_policy": _session(OVERSEEN),
    "get_session_policy own": _mine(PEOPLE),
    "create_session only to see": Row(may=WORKING, json={"template": "editor"}, query={"dryRun": "true"}),
    "get_session_usage": _session(OVERSEEN, answers=_one(503)),
    "get_session_usage own": _mine(PEOPLE, answers=_one(503)),
    # The agent of these sessions is a row only, so whoever may read a log hears that the agent is away.
    "get_session_logs": _session(OVERSEEN, answers=_one(503)),
    "get_session_logs own": _mine(WORKING, answers=_one(503)),
}

_CONTROL = {"connectionId": "$connection.id"}
_SHARE = {"session_id": "$session.id", "share_id": "$share.id"}

SHARING: dict[str, Row] = {
    # Nobody lets others watch somebody else's screen, nor hands its keyboard around.
    "create_share": _session("", json={"kind": "link"}),
    "create_share own": _mine(WORKING, json={"kind": "link"}),
    "list_shares": _session(OVERSEEN),
    "list_shares own": _mine(WORKING),
    "revoke_share": Row(may=OVERSEEN, path=_SHARE),
    "revoke_share own": Row(may=WORKING, path=_SHARE, own=True),
    "list_invitees": _session("", query={"search": "ab"}),
    "list_invitees own": _mine(WORKING, query={"search": "ab"}),
    # The agent of these sessions is a row only.
    "give_control": _session("", json=_CONTROL),
    "give_control own": _mine(WORKING, json=_CONTROL, answers=_one(503)),
    "take_control": _session(""),
    "take_control own": _mine(WORKING, answers=_one(503)),
    "request_control": _session("", json=_CONTROL),
    "request_control own": _mine(WORKING, json=_CONTROL),
    # Also where somebody of another organisation has the link, or was invited before they left.
    "redeem_share": Row(may=ACME, json={"token": "$link.token"}),
    # Whoever has a link may see what it leads to, wherever they belong.
    "preview_share": Row(may="public", json={"token": "unknown"}, answers=_one(404)),
    "join_as_guest": Row(may="public", json={"token": "unknown", "name": "Kim"}, answers=_one(404)),
    "list_shared_sessions": Row(may=PEOPLE),
    "get_shared_session": Row(may=ACME, path={"session_id": "$invitation.id"}),
    "connect_shared_session": Row(may=ACME, path={"session_id": "$invitation.id"}),
}

SIGNING_IN: dict[str, Row] = {
    "login": Row(may="public", json={"username": "$stranger.username", "password": PASSWORD}),
    # What proves who somebody is cannot be had without them, so these are refused for what they bring.
    "finish_login": Row(may="public", json={"mfaToken": "unknown", "code": "123456"}, answers=_one(401)),
    "passkey_options_for_login": Row(may="public", json={"mfaToken": "unknown"}, answers=_one(401)),
    "passkey_options": Row(may="public"),
    "login_with_passkey": Row(may="public", json={"token": "unknown", "credential": {"id": "x"}}, answers=_one(401)),
    "refresh_login": Row(may="public", json={"refreshToken": "unknown"}, answers=_one(401)),
    "switch_organization": Row(may=ACME, json={"orgId": "$place.id"}),
    "switch_organization own": Row(may=PEOPLE, json={"orgId": "$place.id"}, own=True),
    "logout": Row(may=ANY_KEY),
    "list_logins": Row(may=ANY_KEY),
    "end_logins": Row(may=PEOPLE),
    "end_login": Row(may="", path={"login_id": "$login.id"}),
    "end_login own": _mine(PEOPLE, "login"),
    "setup_status": Row(may="public"),
    "setup_admin": Row(
        may=PEOPLE,
        json={"password": PASSWORD, "passwordConfirm": PASSWORD, "email": "$fresh.email"},
        answers=_one(403),  # it was done, once, by somebody
    ),
    "list_mfa_methods": Row(may=PEOPLE),
    "set_up_mfa": Row(may=PEOPLE, json={"type": "totp", "name": "Phone"}),
    "verify_mfa_setup": Row(may="", path={"mfa_id": "$begun.id"}, json={"code": "000000"}),
    "verify_mfa_setup own": _mine(PEOPLE, "begun", json={"code": "000000"}, answers=_one(400)),  # a wrong code
    "renew_backup_codes": Row(may=PEOPLE, json={"password": PASSWORD}, answers=_one(409)),  # nothing to back up yet
    "rename_mfa_method": Row(may="", path={"mfa_id": "$factor.id"}, json={"name": "Old phone"}),
    "rename_mfa_method own": _mine(PEOPLE, "factor", json={"name": "Old phone"}),
    "remove_mfa_method": Row(may="", path={"mfa_id": "$factor.id"}, json={"password": PASSWORD}),
    "remove_mfa_method own": _mine(PEOPLE, "factor", json={"password": PASSWORD}),
    "offer_passkey": Row(may=PEOPLE, json={"name": "Laptop"}),
    "add_passkey": Row(may=PEOPLE, json={"token": "unknown", "credential": {"id": "x"}}, answers=_one(400)),
    "list_sign_in_ways": Row(may="public"),
    "begin_oidc_login": Row(may="public", path=_NOBODY, answers=_one(404)),
    "finish_oidc_login": Row(may="public", path=_NOBODY, answers=_one(404)),
    "logout_at_oidc_provider": Row(may="public", path=_NOBODY, answers=_one(404)),
    "backchannel_logout": Row(may="public", path=_NOBODY, text="logout_token=x", answers=_one(404)),
    "get_logout_url": Row(may=ANY_KEY),
    "begin_only_saml_login": Row(may="public", answers=_one(404, 409)),
    "only_saml_metadata": Row(may="public", answers=_one(404, 409)),
    "take_only_saml_response": Row(may="public", text="SAMLResponse=x", answers=_one(404, 409)),
    "begin_saml_login": Row(may="public", path=_NOBODY, answers=_one(404)),
    "take_saml_response": Row(may="public", path=_NOBODY, text="SAMLResponse=x", answers=_one(303, 404)),
    "finish_saml_login": Row(may="public", path=_NOBODY, query={"ticket": "x"}, answers=_one(303, 404)),
    "saml_metadata": Row(may="public", path=_NOBODY, answers=_one(404)),
    "saml_logout": Row(may="public", path=_NOBODY, answers=_one(303, 404)),
    "take_saml_logout": Row(may="public", path=_NOBODY, text="SAMLRequest=x", answers=_one(303, 404)),
    "list_provider_presets": Row(may=EACH_ORG_ADMIN),
    "list_identity_providers": Row(may=EACH_ORG_ADMIN),
    "create_identity_provider": Row(may=EACH_ORG_ADMIN, json=_NEW_PROVIDER),
    "create_identity_provider for acme": Row(may=ORG_ADMINS, json=_NEW_PROVIDER | {"orgId": "$place.id"}),
    "get_identity_provider": Row(may=ORG_ADMINS, path={"provider_id": "$provider.id"}),
    "update_identity_provider": Row(
        may=ORG_ADMINS, path={"provider_id": "$provider.id"}, json={"displayName": "Renamed"}
    ),
    "delete_identity_provider": Row(may=ORG_ADMINS, path={"provider_id": "$provider.id"}),
    "test_identity_provider": Row(may=ORG_ADMINS, path={"provider_id": "$provider.id"}),
}

LIMITS_AND_USE: dict[str, Row] = {
    "get_current_user_quota": Row(may=PEOPLE),
    "get_user_quota": _user(OVERSEEN),
    "get_user_quota own": Row(may=PEOPLE, path={"user_id": "$self.id"}),
    "set_user_quota": _user(LIMITS, json=_LIMIT),
    "set_user_quota own": Row(may=f"{LIMITS} rival", path={"user_id": "$self.id"}, json=_LIMIT),
    "delete_user_quota": _user(LIMITS),
    "list_quotas": Row(may=f"{OVERSEEN} rival"),
    "list_homes": Row(may=f"{OVERSEEN} rival"),
    "set_quota_by_name": Row(may=LIMITS, json=_LIMIT | {"username": "$person.username"}),
    "get_quota_by_name": Row(may=OVERSEEN, path={"username": "$person.username"}),
    "delete_quota_by_name": Row(may=LIMITS, path={"username": "$person.username"}),
    "get_default_quota": Row(may=PEOPLE),
    "set_default_quota": Row(may=PLATFORM, json={"maxSessions": 5}),
    "get_group_quota": _group(OVERSEEN),
    "get_group_quota of one's group": _group(PEOPLE, own=True, group_role=_MEMBER),
    "set_group_quota": _group(LIMITS, json=_LIMIT),
    "set_group_quota as its owner": _group(f"{LIMITS} rival", own=True, group_role=_OWNER, json=_LIMIT),
    "delete_group_quota": _group(LIMITS),
    "get_organization_policy": Row(may=OVERSEEN, path={"org_id": "$place.id"}),
    "set_organization_policy": Row(may=ORG_ADMINS, path={"org_id": "$place.id"}, json=_POLICY),
    "get_group_policy": _group(OVERSEEN),
    "get_group_policy of one's group": _group(PEOPLE, own=True, group_role=_MEMBER),
    "set_group_policy": _group(ORG_ADMINS, json=_POLICY),
    "set_group_policy as its owner": _group(f"{ORG_ADMINS} rival", own=True, group_role=_OWNER, json=_POLICY),
    "get_organization_quota": Row(may=OVERSEEN, path={"org_id": "$place.id"}),
    # Whoever runs an organisation does not say how much of the installation it gets.
    "set_organization_quota": Row(may=PLATFORM, path={"org_id": "$place.id"}, json={"maxSessions": 100_000}),
    "delete_organization_quota": Row(may=PLATFORM, path={"org_id": "$place.id"}),
}

PERSONS: dict[str, Row] = {
    "get_current_user": Row(may=ANY_KEY),
    "update_current_user": Row(may=PEOPLE, json={"fullName": "Somebody Else"}),
    "get_my_permissions": Row(may=ANY_KEY),
    "change_own_password": Row(may=PEOPLE, json={"currentPassword": PASSWORD, "newPassword": "another horse 1"}),
    "list_users": Row(may=PEOPLE),
    "list_users of a group": Row(may=ACME_SEEN, query={"group": "$group.id"}),
    "create_user": Row(may=EACH_ORG_ADMIN, json=_NEW_PERSON),
    "create_user who runs the organisation": Row(may=EACH_ORG_ADMIN, json=_NEW_PERSON | {"orgRole": "org_admin"}),
    "create_user who operates the installation": Row(may="admin", json=_NEW_PERSON | {"role": "operator"}),
    "create_user who runs the installation": Row(may="admin", json=_NEW_PERSON | {"role": "admin"}),
    "create_user in acme's group": Row(may="org_admin", json=_NEW_PERSON | {"groups": ["$group.id"]}),
    "import_users": Row(may=EACH_ORG_ADMIN, text="$fresh.csv", headers={"Content-Type": "text/csv"}),
    "get_user": _user(OVERSEEN),
    "get_user own": Row(may=PEOPLE, path={"user_id": "$self.id"}),
    "update_user": _user(ORG_ADMINS, json={"fullName": "Renamed"}),
    "update_user own": Row(may=EACH_ORG_ADMIN, path={"user_id": "$self.id"}, json={"fullName": "Renamed"}),
    "update_user off": _user(ORG_ADMINS, json={"active": False}),
    "update_user to org_admin": _user(ORG_ADMINS, json={"orgRole": "org_admin"}),
    "update_user to operator": _user("admin", json={"role": "operator"}),
    "update_user to admin": _user("admin", json={"role": "admin"}),
    "update_user oneself to admin": Row(
        may="", path={"user_id": "$self.id"}, json={"role": "admin"}, refused=_one(403, 409)
    ),
    "update_user oneself to org_admin": Row(
        may="", path={"user_id": "$self.id"}, json={"orgRole": "org_admin"}, refused=_one(403, 409)
    ),
    "update_user a system administrator": Row(
        may="admin", path={"user_id": "$head.id"}, json={"email": "$fresh.email"}
    ),
    "update_user a guest": Row(may="admin", path={"user_id": "$guest.id"}, json={"email": "$fresh.email"}),
    "delete_user": _user(ORG_ADMINS),
    "delete_user a system administrator": Row(may="admin", path={"user_id": "$head.id"}),
    "delete_user a guest": Row(may="admin", path={"user_id": "$guest.id"}),
    "set_user_password": _user(ORG_ADMINS, json={"password": "another horse 1"}),
    "set_user_password of a system administrator": Row(
        may="admin", path={"user_id": "$head.id"}, json={"password": "another horse 1"}
    ),
    "set_user_password of a guest": Row(
        may="admin", path={"user_id": "$guest.id"}, json={"password": "another horse 1"}
    ),
    "unlock_user": _user(ORG_ADMINS),
    "reset_user_mfa": _user(ORG_ADMINS),
    "reset_user_mfa of a system administrator": Row(may="admin", path={"user_id": "$head.id"}),
    "get_user_sessions": _user(OVERSEEN),
    "get_user_sessions own": Row(may=PEOPLE, path={"user_id": "$self.id"}),
    "get_user_groups": _user(OVERSEEN),
    "get_user_groups own": Row(may=PEOPLE, path={"user_id": "$self.id"}),
    "get_user_logins": _user(ORG_ADMINS),
    "get_user_logins of a guest": Row(may=ORG_ADMINS, path={"user_id": "$guest.id"}),
    "get_user_logins of a system administrator": Row(may="admin", path={"user_id": "$head.id"}),
    "end_user_logins": _user(ORG_ADMINS),
    "end_user_logins of a guest": Row(may=ORG_ADMINS, path={"user_id": "$guest.id"}),
    "end_user_logins of a system administrator": Row(may="admin", path={"user_id": "$head.id"}),
    "end_user_login": _user(ORG_ADMINS, path={"user_id": "$person.id", "login_id": "$login.id"}),
    "end_user_login of somebody else": _user("", path={"user_id": "$colleague.id", "login_id": "$login.id"}),
    "list_groups": Row(may=PEOPLE),
    "create_group": Row(may=EACH_ORG_ADMIN, json={"name": "$fresh.name", "displayName": "New group"}),
    "create_group inside acme's": Row(
        may="org_admin", json={"name": "$fresh.name", "displayName": "New group", "parentId": "$group.id"}
    ),
    "get_group": _group(ACME_SEEN),
    "update_group": _group(ORG_ADMINS, json={"displayName": "Renamed"}),
    "update_group as its member": _group(EACH_ORG_ADMIN, own=True, group_role=_MEMBER, json={"displayName": "Renamed"}),
    "update_group as its admin": _group(PEOPLE, own=True, group_role=_ADMIN, json={"displayName": "Renamed"}),
    "update_group moving it, as its owner": _group(
        EACH_ORG_ADMIN, own=True, group_role=_OWNER, json={"parentId": None}
    ),
    "delete_group": _group(ORG_ADMINS),
    "delete_group as its admin": _group(EACH_ORG_ADMIN, own=True, group_role=_ADMIN),
    "delete_group as its owner": _group(PEOPLE, own=True, group_role=_OWNER),
    "get_group_members": _group(OVERSEEN),
    "get_group_members of one's group": _group(PEOPLE, own=True, group_role=_MEMBER),
    "add_group_member": _group(ORG_ADMINS, json={"userId": "$colleague.id"}),
    "add_group_member as its member": _group(
        EACH_ORG_ADMIN, own=True, group_role=_MEMBER, json={"userId": "$colleague.id"}
    ),
    "add_group_member from elsewhere": _group("", json={"userId": "$stranger.id"}),
    "update_group_member": _member(ORG_ADMINS, json={"role": "owner"}),
    "update_group_member as its admin": _member(PEOPLE, own=True, group_role=_ADMIN, json={"role": "admin"}),
    "update_group_member above oneself": _member(EACH_ORG_ADMIN, own=True, group_role=_ADMIN, json={"role": "owner"}),
    "update_group_member oneself": Row(
        may=EACH_ORG_ADMIN,
        path={"group_id": "$group.id", "user_id": "$self.id"},
        own=True,
        group_role=_MEMBER,
        json={"role": "owner"},
    ),
    "remove_group_member": _member(ORG_ADMINS),
    "remove_group_member as its admin": _member(PEOPLE, own=True, group_role=_ADMIN),
    "remove_group_member oneself": Row(
        may=PEOPLE, path={"group_id": "$group.id", "user_id": "$self.id"}, own=True, group_role=_MEMBER
    ),
    "list_organizations": Row(may=PEOPLE),
    "create_organization": Row(may="admin", json={"name": "$fresh.name", "displayName": "New one"}),
    "get_organization": Row(may=ACME_SEEN, path={"org_id": "$place.id"}),
    "update_organization": Row(may=ORG_ADMINS, path={"org_id": "$place.id"}, json={"description": "Ours"}),
    "update_organization suspended": Row(may="admin", path={"org_id": "$doomed.id"}, json={"status": "suspended"}),
    "update_organization elsewhere": Row(may="admin", path={"org_id": "$doomed.id"}, json={"k8sNamespace": "other"}),
    "delete_organization": Row(may="admin", path={"org_id": "$doomed.id"}),
    "get_organization_members": Row(may=OVERSEEN, path={"org_id": "$place.id"}),
    "add_organization_member": Row(may="admin", path={"org_id": "$place.id"}, json={"userId": "$stranger.id"}),
    "update_organization_member": Row(
        may=ORG_ADMINS, path={"org_id": "$place.id", "user_id": "$person.id"}, json={"orgRole": "maintainer"}
    ),
    "update_organization_member a system administrator": Row(
        may="admin", path={"org_id": "$place.id", "user_id": "$head.id"}, json={"orgRole": "viewer"}
    ),
    "remove_organization_member": Row(may=ORG_ADMINS, path={"org_id": "$place.id", "user_id": "$guest.id"}),
}

REST: dict[str, Row] = {
    # What was refused repeats the names that rivals themselves asked for; a test of its own looks at that.
    "list_audit_entries": Row(may="org_admin operator admin rival", query={"outcome": "ok"}),
    "list_audit_entries of acme": Row(may="org_admin operator admin rival", query={"org_id": "$place.id"}),
    "export_audit_log": Row(may="org_admin operator admin rival", query={"outcome": "ok"}),
    "verify_audit_log": Row(may=PLATFORM),
    "get_audit_entry": Row(may="org_admin operator admin", path={"seq": "$entry.seq"}),
    "list_api_keys": Row(may=PEOPLE),
    "create_api_key": Row(may=PEOPLE, json={"name": "Mine", "scopes": ["*"]}),
    "list_api_key_scopes": Row(may=ANY_KEY),
    "get_api_key": Row(may=ORG_ADMINS, path={"key_id": "$key.id"}),
    "get_api_key own": _mine(PEOPLE, "key"),
    "delete_api_key": Row(may=ORG_ADMINS, path={"key_id": "$key.id"}),
    "delete_api_key own": _mine(PEOPLE, "key"),
    "revoke_api_key": Row(may=ORG_ADMINS, path={"key_id": "$key.id"}),
    "revoke_api_key own": _mine(PEOPLE, "key"),
    "list_all_api_keys": Row(may=PEOPLE),
    "list_templates": Row(may=PEOPLE),
    "get_template_icon": Row(may=PEOPLE, path={"name": "editor"}),
    "install_packages": Row(
        may="admin", path={"agent_id": "$agent.agent_id"}, json={"template": "editor"}, answers=_one(409)
    ),
    "register_agent": Row(may="public", json={"agentId": "new-agent", "platform": "process"}, answers=_one(400, 401)),
    "create_join_token": Row(may="admin", json={}),
    "list_join_tokens": Row(may="admin"),
    "revoke_join_token": Row(may="admin", path={"token_id": "$token.id"}),
    "list_agents": Row(may=PLATFORM),
    "get_agent": Row(may=PLATFORM, path={"agent_id": "$agent.agent_id"}),
    "get_agent_usage": Row(may=PLATFORM, path={"agent_id": "$agent.agent_id"}),
    "remove_agent": Row(may="admin", path={"agent_id": "$agent.agent_id"}),
    "approve_agent": Row(may="admin", path={"agent_id": "$agent.agent_id"}),
    "reject_agent": Row(may="admin", path={"agent_id": "$agent.agent_id"}),
    "drain_agent": Row(may="admin", path={"agent_id": "$agent.agent_id"}),
    "undrain_agent": Row(may="admin", path={"agent_id": "$agent.agent_id"}),
    "update_agent": Row(may="admin", path={"agent_id": "$agent.agent_id"}, json={"labels": {"gpu": "yes"}}),
    "cordon_agent": Row(may="admin", path={"agent_id": "$agent.agent_id"}),
    "uncordon_agent": Row(may="admin", path={"agent_id": "$agent.agent_id"}),
    # An agent that is a row only makes no key and takes no order.
    "rotate_agent_key": Row(may="admin", path={"agent_id": "$agent.agent_id"}, answers=_one(409)),
    "generate_agent_key": Row(may="admin", path={"agent_id": "$agent.agent_id"}),
    "revoke_agent_key": Row(may="admin", path={"agent_id": "$agent.agent_id"}),
    "command_agent": Row(may="admin", path={"agent_id": "$agent.agent_id"}, json={"action": "ping"}, answers=_one(503)),
    "list_agent_commands": Row(may=PLATFORM, path={"agent_id": "$agent.agent_id"}),
    "agent_heartbeat": Row(may="public", path={"agent_id": "nobody"}, json={}, answers=_one(401)),
    "get_agent_command": Row(may=PLATFORM, path={"agent_id": "$agent.agent_id", "command_id": "$command.command_id"}),
    "health": Row(may="public"),
    "healthz": Row(may="public"),
    "readyz": Row(may="public"),
    "version": Row(may="public"),
}

# A directory works in the organisation of its key, so an administrator of the installation finds only their own there.
SCIM: dict[str, Row] = {
    "get_scim_provider_config": Row(may=EACH_ORG_ADMIN),
    "list_scim_resource_types": Row(may=EACH_ORG_ADMIN),
    "get_scim_resource_type": Row(may=EACH_ORG_ADMIN, path={"name": "User"}),
    "list_scim_schemas": Row(may=EACH_ORG_ADMIN),
    "get_scim_schema": Row(may=EACH_ORG_ADMIN, path={"name": f"{_SCIM}:User"}),
    "list_scim_users": Row(may=EACH_ORG_ADMIN),
    "create_scim_user": Row(may=EACH_ORG_ADMIN, json=_SCIM_USER),
    "get_scim_user": _user("org_admin"),
    "replace_scim_user": _user("org_admin", json=_SCIM_USER),
    "patch_scim_user": _user(
        "org_admin", json=_SCIM_PATCH | {"Operations": [{"op": "replace", "path": "active", "value": False}]}
    ),
    "patch_scim_user a system administrator": Row(
        may="",
        path={"user_id": "$head.id"},
        json=_SCIM_PATCH | {"Operations": [{"op": "replace", "path": "active", "value": False}]},
    ),
    "delete_scim_user": _user("org_admin"),
    "delete_scim_user a system administrator": Row(may="", path={"user_id": "$head.id"}),
    "list_scim_groups": Row(may=EACH_ORG_ADMIN),
    "create_scim_group": Row(may=EACH_ORG_ADMIN, json={"schemas": [f"{_SCIM}:Group"], "displayName": "$fresh.name"}),
    "get_scim_group": _group("org_admin"),
    "replace_scim_group": _group("org_admin", json={"schemas": [f"{_SCIM}:Group"], "displayName": "$fresh.name"}),
    "patch_scim_group": _group(
        "org_admin",
        json=_SCIM_PATCH | {"Operations": [{"op": "replace", "path": "displayName", "value": "$fresh.name"}]},
    ),
    "delete_scim_group": _group("org_admin"),
    "search_scim": Row(may=EACH_ORG_ADMIN, json=_SCIM_SEARCH),
    "search_scim_users": Row(may=EACH_ORG_ADMIN, json=_SCIM_SEARCH),
    "search_scim_groups": Row(may=EACH_ORG_ADMIN, json=_SCIM_SEARCH),
}

_POOL = {"pool_id": "$pool.id"}
_NEW_POOL = {"template": "$template.name", "size": 1}
POOLS: dict[str, Row] = {
    "list_pools": Row(may="org_admin operator admin rival"),
    "create_pool": Row(may="org_admin admin rival", json=_NEW_POOL),
    "create_pool for another organisation": Row(may="org_admin admin", json=_NEW_POOL | {"orgId": "$person.org_id"}),
    "get_pool": Row(may="org_admin operator admin", path=_POOL),
    "update_pool": Row(may="org_admin admin", path=_POOL, json={"size": 2}),
    "delete_pool": Row(may="org_admin admin", path=_POOL),
}

_REPOSITORY = {"repository_id": "$repository.id"}
_SYNC = _REPOSITORY | {"number": "1"}
_NEW_REPOSITORY = {"name": "$fresh.name", "url": "https://git.example.org/t.git", "enabled": False}
_KEEPERS = "maintainer org_admin admin"
REPOSITORIES: dict[str, Row] = {
    "list_repositories": Row(may=PEOPLE),
    "create_repository": Row(may=f"{_KEEPERS} rival", json=_NEW_REPOSITORY),
    "create_repository for another organisation": Row(may=_KEEPERS, json=_NEW_REPOSITORY | {"orgId": "$person.org_id"}),
    "get_repository": Row(may=ACME_SEEN, path=_REPOSITORY),
    "update_repository": Row(may=_KEEPERS, path=_REPOSITORY, json={"description": "ours"}),
    "delete_repository": Row(may=_KEEPERS, path=_REPOSITORY),
    "sync_repository": Row(may=_KEEPERS, path=_REPOSITORY, answers=_one(409)),  # it is switched off
    "sync_catalog": Row(may=f"{_KEEPERS} rival"),
    "list_repository_syncs": Row(may=OVERSEEN, path=_REPOSITORY),
    "get_repository_sync": Row(may=OVERSEEN, path=_SYNC),
    "approve_repository_sync": Row(may=_KEEPERS, path=_SYNC),
    "reject_repository_sync": Row(may=_KEEPERS, path=_SYNC),
    "renew_webhook_secret": Row(may=_KEEPERS, path=_REPOSITORY),
    "delete_webhook_secret": Row(may=_KEEPERS, path=_REPOSITORY),
    "receive_repository_webhook": Row(may="public", path=_REPOSITORY, json={}, answers=_one(404)),  # not signed
}

_MANIFEST = {
    "apiVersion": "stream.space/v1alpha1",
    "kind": "Template",
    "metadata": {"name": "$fresh.name"},
    "spec": {"displayName": "New", "debian": {"command": ["true"]}},
}
_CHANGED = {**_MANIFEST, "metadata": {"name": "$own_template.name"}}
_KEEPERS = "maintainer org_admin admin"
_OWN_TEMPLATE = {"name": "$own_template.id"}
_SHARED = {"name": "$template.name"}
_DRAFT = _OWN_TEMPLATE | {"version_id": "$draft_version.id"}
_RATED = _OWN_TEMPLATE | {"rating_id": "$rating.id"}
_STARS = {"rating": 4, "review": "Good."}


def _kept(**more: Any) -> Row:
    """What those may who look after acme's own templates."""
    return Row(may=_KEEPERS, **{"path": _OWN_TEMPLATE, **more})


TEMPLATES: dict[str, Row] = {
    "get_template": Row(may=ACME_SEEN, path=_OWN_TEMPLATE),
    "get_template of everybody": Row(may=PEOPLE, path=_SHARED),
    "create_template": Row(may=f"{_KEEPERS} rival", json=_MANIFEST),
    "create_template for another organisation": Row(may=_KEEPERS, query={"orgId": "$person.org_id"}, json=_MANIFEST),
    "validate_template": Row(may=f"{_KEEPERS} rival", json=_MANIFEST),
    "replace_template": _kept(json=_CHANGED),
    "replace_template of everybody": Row(
        may="admin", path=_SHARED, json=_MANIFEST, answers=_one(400)
    ),  # the name stays
    "update_template": _kept(json={"spec": {"description": "Else."}}),
    "update_template of everybody": Row(may="admin", path=_SHARED, json={}),
    "delete_template": _kept(),
    "restore_template": _kept(),
    "set_template_icon": _kept(),
    "list_template_versions": Row(may=ACME_SEEN, path=_OWN_TEMPLATE),
    "get_template_version": _kept(path=_DRAFT),
    "create_template_version": _kept(json={"version": "3.0.0"}),
    "update_template_version": _kept(path=_DRAFT, json={"changelog": "Else."}),
    "delete_template_version": _kept(path=_DRAFT),
    "publish_template_version": _kept(path=_DRAFT),
    "deprecate_template_version": _kept(path=_DRAFT, answers=_one(409)),  # a draft was never published
    "set_default_template_version": _kept(path=_DRAFT, answers=_one(409)),
    "clone_template_version": _kept(path=_DRAFT, json={}),
    "get_template_inheritance": Row(may=ACME_SEEN, path=_OWN_TEMPLATE),
    "get_template_stats": Row(may=ACME_SEEN, path=_OWN_TEMPLATE),
    "list_favorite_templates": Row(may=PEOPLE),
    "add_template_favorite": Row(may=PEOPLE, path=_SHARED),
    "add_template_favorite of acme": Row(may=ACME, path={"name": "$own_template.name"}),
    "remove_template_favorite": Row(may=PEOPLE, path={"name": "$favorite.name"}),
    "check_template_favorite": Row(may=PEOPLE, path=_SHARED),
    "list_template_ratings": Row(may=ACME_SEEN, path=_OWN_TEMPLATE),
    "rate_template": Row(may=ACME_SEEN, path=_OWN_TEMPLATE, json=_STARS),
    # Nobody puts words into somebody else's mouth.
    "update_template_rating": Row(may="", path=_RATED, json=_STARS),
    "update_template_rating own": Row(may=PEOPLE, path=_RATED, json=_STARS, own=True),
    "delete_template_rating": Row(may=ORG_ADMINS, path=_RATED),
    "delete_template_rating own": Row(may=PEOPLE, path=_RATED, own=True),
}

ROWS: dict[str, Row] = (
    REPOSITORIES | POOLS | SESSIONS | SHARING | SIGNING_IN | LIMITS_AND_USE | PERSONS | REST | SCIM | TEMPLATES
)

ALIASES: dict[tuple[str, str], str] = {
    ("POST", "/sessions/{session_id}/hibernate"): "hibernate_session",
    ("POST", "/sessions/{session_id}/wake"): "wake_session",
    ("GET", "/sessions/{session_id}/connect"): "connect_session",
    ("POST", "/auth/change-password"): "change_own_password",
    ("GET", "/preferences/favorites"): "list_favorite_templates",
    ("POST", "/preferences/favorites/{name}"): "add_template_favorite",
    ("DELETE", "/preferences/favorites/{name}"): "remove_template_favorite",
}
"""Addresses that the description leaves out, and the operation that each does."""
OUTSIDE = frozenset({"no_such_scim_address", "metrics", "api_docs", "api_docs_start", "no_such_operation", "page"})
"""Undescribed addresses that do nothing to anybody's things; `test_routes.py` and their own tests watch them."""
SOCKETS: dict[str, str] = {
    "/ws/sessions": PEOPLE,
    "/agents/connect": "",
    "/gateways/connect": "",
}
"""Who may open each socket with a person's credentials."""
