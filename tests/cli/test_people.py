import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from streamspace.cli import asking, credentials
from tests.cli.conftest import Run
from tests.client.fake import START, USER, Fake

BOB = {
    "id": "u2",
    "orgId": "default",
    "username": "bob",
    "email": "bob@example.com",
    "fullName": "Bob",
    "role": "user",
    "orgRole": "user",
    "provider": "local",
    "active": True,
    "groups": ["g1"],
}
SALES = {"id": "g1", "name": "sales", "displayName": "Sales", "type": "department", "memberCount": 3}
WEST = {"id": "g2", "name": "sales-west", "displayName": "West", "type": "team", "parentId": "g1", "memberCount": 1}
ACME = {"id": "o1", "name": "acme", "displayName": "Acme", "status": "active", "memberCount": 3}
KEY = {"id": "k1", "name": "ci", "prefix": "sk_abcd", "scopes": ["sessions:read"], "active": True}


@pytest.fixture(autouse=True)
def _up(run: Run, server: str, fake: Fake) -> None:
    """Everything here talks to the fake server; `run` clears the environment first."""
    fake.answers |= {
        "GET /users": {"users": [BOB, BOB | {"id": "u3", "username": "bobby"}], "total": 2},
        "GET /users/u2": BOB,
        "PATCH /users/u2": BOB,
        "GET /groups": {"groups": [WEST, SALES], "total": 2},
        "GET /organizations": {"organizations": [ACME], "total": 1},
        "GET /api-keys": {"apiKeys": [KEY], "total": 1},
    }


def written(fake: Fake) -> list[tuple[str, Any]]:
    """Return the calls that changed something, with their bodies."""
    return [(call, body) for call, _, body in fake.calls if not call.startswith("GET ")]


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str, terminal: bool = False) -> None:
    rest = iter(f"{line}\n" for line in lines)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(readline=lambda: next(rest), isatty=lambda: terminal))
    monkeypatch.setattr(asking.getpass, "getpass", lambda _: next(rest).rstrip("\n"))
    monkeypatch.setattr("builtins.input", lambda _: next(rest).rstrip("\n"))


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def _without_token(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("STREAMSPACE_TOKEN")

    def test_its_code_is_the_second_line_of_standard_input(
        self, run: Run, fake: Fake, server: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fake.mfa_code = "123456"
        typing(monkeypatch, "secret", "123456")

        assert run("login", "-u", "alice", "--password-stdin").err == f"Signed in to {server} as alice.\n"

    def test_a_person_may_try_again(self, run: Run, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
        fake.mfa_code = "123456"
        typing(monkeypatch, "secret", "000000", " 123456 ", terminal=True)

        done = run("login", "-u", "alice")

        assert done.code == 0
        assert done.err.startswith("That code is wrong. Try again.\n")

    def test_a_wrong_code_of_a_script_signs_nobody_in(
        self, run: Run, fake: Fake, server: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fake.mfa_code = "123456"
        typing(monkeypatch, "secret", "000000")

        assert run("login", "-u", "alice", "--password-stdin").code == 3
        assert credentials.Stored(server).load() is None

    def test_a_passkey_needs_a_browser(self, run: Run, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
        fake.mfa_code = "none"
        typing(monkeypatch, "secret")

        done = run("login", "-u", "alice", "--password-stdin")

        assert done.code == 3
        assert "`streamspace login --key`" in done.err


class TestKeyAsLogin:
    @pytest.fixture(autouse=True)
    def _without_token(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("STREAMSPACE_TOKEN")

    def test_is_kept_and_used(self, run: Run, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
        typing(monkeypatch, "sk_key")

        assert run("login", "--key").err == f"Signed in to {server} as alice.\n"
        assert run("whoami").code == 0

    def test_a_wrong_one_leaves_the_login_there_was(
        self, run: Run, server: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        typing(monkeypatch, "sk_key", "sk_wrong")
        run("login", "--key")

        assert run("login", "--key").code == 3
        assert (held := credentials.Stored(server).load())
        assert held.token == "sk_key"

    def test_logout_forgets_it_and_says_that_it_still_works(
        self, run: Run, server: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        typing(monkeypatch, "sk_key")
        run("login", "--key")

        assert "works until it is revoked" in run("logout").err
        assert credentials.Stored(server).load() is None

    def test_the_environment_may_hold_it(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("STREAMSPACE_API_KEY", "sk_key")

        assert run("whoami").code == 0
        assert "STREAMSPACE_API_KEY is set" in run("login", "--key").err


class TestUsers:
    def test_list_is_a_table(self, run: Run, fake: Fake) -> None:
        lines = run("users", "list", "bo", "--inactive", "--group", "sales").out.splitlines()

        assert lines[1].split()[:6] == ["bob", "Bob", "bob@example.com", "user", "user", "local"]
        assert fake.calls[-1][1] == {"search": "bo", "active": "false", "group": "g1", "limit": "500"}

    def test_show_names_groups(self, run: Run) -> None:
        assert "Groups         sales" in run("users", "show", "bob").out

    def test_nobody_of_that_name(self, run: Run) -> None:
        done = run("users", "show", "eve")

        assert done.code == 4
        assert done.err.startswith("Error: There is nobody called eve, or you may not see them")

    def test_create_reads_the_password_and_finds_the_groups(
        self, run: Run, fake: Fake, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        typing(monkeypatch, "long enough")
        fake.answers["POST /users"] = (201, BOB)

        done = run(
            *("users", "create", "bob", "--email", "bob@example.com", "--org-role", "viewer"),
            *("--group", "sales", "--password-stdin"),
        )

        assert done.err == "bob may sign in now.\n"
        body = {"username": "bob", "email": "bob@example.com", "fullName": "bob", "password": "long enough"}
        assert written(fake) == [("POST /users", body | {"orgRole": "viewer", "groups": ["g1"]})]

    def test_a_generated_password_alone_is_on_stdout(self, run: Run, fake: Fake) -> None:
        fake.answers["POST /users"] = (201, BOB)

        done = run("users", "create", "bob", "--email", "b@x.io", "--generate-password")

        assert done.out == written(fake)[0][1]["password"]

    def test_people_of_an_identity_provider_have_no_password(self, run: Run, fake: Fake) -> None:
        fake.answers["POST /users"] = (201, BOB)

        run("users", "create", "bob", "--email", "b@x.io", "--provider", "oidc")

        assert "password" not in written(fake)[0][1]

    def test_passwords_typed_twice_must_agree(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        typing(monkeypatch, "one password", "another", terminal=True)

        assert run("users", "create", "bob", "--email", "b@x.io").code == 2

    @pytest.mark.parametrize(
        ("arguments", "call", "body"),
        [
            (["update", "bob", "--role", "operator"], "PATCH /users/u2", {"role": "operator"}),
            (["deactivate", "bob"], "PATCH /users/u2", {"active": False}),
            (["activate", "bob"], "PATCH /users/u2", {"active": True}),
            (["remove", "bob", "--yes"], "DELETE /users/u2", None),
            (["unlock", "bob"], "POST /users/u2/unlock", None),
            (["reset-mfa", "bob", "--yes"], "DELETE /users/u2/mfa", None),
            (["logins", "bob", "--end-all"], "DELETE /users/u2/logins", None),
        ],
    )
    def test_changes(self, run: Run, fake: Fake, arguments: list[str], call: str, body: Any) -> None:
        fake.answers.setdefault(call, None)

        assert run("users", *arguments).code == 0
        assert written(fake) == [(call, body)]

    def test_an_update_of_nothing_is_wrong_usage(self, run: Run) -> None:
        assert run("users", "update", "bob").code == 2

    def test_remove_asks_first(self, run: Run, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
        typing(monkeypatch, "n", terminal=True)

        assert run("users", "remove", "bob").err == "Error: Nothing was changed.\n"
        typing(monkeypatch)
        assert run("users", "remove", "bob").code == 2
        assert written(fake) == []

    def test_own_password_needs_the_present_one(self, run: Run, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
        typing(monkeypatch, "old one", "new one")
        fake.answers["POST /users/me/password"] = None

        assert run("users", "password", "--password-stdin").code == 0
        assert written(fake)[0][1] == {"currentPassword": "old one", "newPassword": "new one"}

    def test_password_of_somebody_else(self, run: Run, fake: Fake) -> None:
        fake.answers["POST /users/u2/password"] = None

        done = run("users", "password", "bob", "--generate-password")

        assert written(fake) == [("POST /users/u2/password", {"password": done.out})]


class TestImport:
    def test_sends_the_file_as_it_is(self, run: Run, fake: Fake, tmp_path: Path) -> None:
        file = tmp_path / "people.csv"
        file.write_bytes(b"username,email,fullName\nbob,b@x.io,Bob\n")
        fake.answers["POST /users/import"] = {"created": [], "wouldCreate": ["bob"], "failed": [], "total": 1}

        done = run("users", "import", str(file), "--dry-run")

        assert done.err == "Would add 1: bob\n"
        assert fake.calls == [("POST /users/import", {"dryRun": "true", "partial": "false"}, file.read_bytes())]

    def test_bad_lines_are_listed_and_fail(self, run: Run, fake: Fake, tmp_path: Path) -> None:
        file = tmp_path / "people.csv"
        file.write_text("username\n")
        bad = {"line": 2, "username": "b", "error": "bad_username", "message": "Too short."}
        fake.answers["POST /users/import"] = {"created": [], "failed": [bad], "total": 2}

        done = run("users", "import", str(file))

        assert done.code == 5
        assert "2     b     Too short." in done.out
        assert "Error: 1 of 2 lines cannot be taken in.\nNobody was added." in done.err

    def test_a_missing_file_is_wrong_usage(self, run: Run) -> None:
        assert run("users", "import", "nowhere.csv").code == 2


class TestGroups:
    def test_tree_puts_a_group_below_what_it_is_part_of(self, run: Run) -> None:
        lines = run("groups", "list", "--tree").out.splitlines()

        assert lines[1].startswith("sales ")
        assert lines[2].startswith("  sales-west ")

    @pytest.mark.parametrize(
        ("arguments", "call", "body"),
        [
            (
                ["create", "east", "--parent", "sales"],
                "POST /groups",
                {"name": "east", "displayName": "east", "type": "team", "parentId": "g1"},
            ),
            (["update", "sales-west", "--parent", "none"], "PATCH /groups/g2", {"parentId": None}),
            (["update", "sales", "--description", ""], "PATCH /groups/g1", {"description": ""}),
            (["remove", "sales-west", "--yes"], "DELETE /groups/g2", None),
            (["add", "sales", "bob", "--role", "admin"], "POST /groups/g1/members", {"userId": "u2", "role": "admin"}),
            (["remove-member", "sales", "bob"], "DELETE /groups/g1/members/u2", None),
        ],
    )
    def test_changes(self, run: Run, fake: Fake, arguments: list[str], call: str, body: Any) -> None:
        member = {"userId": "u2", "username": "bob", "role": "admin"}
        fake.answers["GET /groups/g1/members"] = {"members": [member], "total": 1}
        fake.answers[call] = None if body is None or call.endswith("members") else SALES

        assert run("groups", *arguments).code == 0
        assert written(fake) == [(call, body)]

    def test_adding_a_member_again_changes_the_role(self, run: Run, fake: Fake) -> None:
        fake.answers["POST /groups/g1/members"] = (409, {"error": "already_in_group", "message": "Already in."})
        fake.answers["PATCH /groups/g1/members/u2"] = None

        assert run("groups", "add", "sales", "bob", "--role", "owner").err == "bob is owner of sales.\n"

    def test_members(self, run: Run, fake: Fake) -> None:
        member = {"userId": "u2", "username": "bob", "role": "admin"}
        fake.answers["GET /groups/g1/members"] = {"members": [member], "total": 1}

        assert run("groups", "members", "sales").out.splitlines()[1].split() == ["bob", "admin"]

    def test_quota_changes_only_what_is_given(self, run: Run, fake: Fake) -> None:
        fake.answers["PUT /groups/g1/quota"] = {"groupId": "g1", "maxSessions": 9, "maxCpu": "4000m"}

        assert "Sessions  0 of 9" in run("groups", "quota", "sales", "--sessions", "9").out
        assert written(fake) == [("PUT /groups/g1/quota", {"maxSessions": 9})]


class TestOrganizations:
    def test_list_marks_where_one_is(self, run: Run, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
        mine = [ACME | {"orgRole": "org_admin", "current": True}]
        monkeypatch.setitem(USER, "organizations", mine)

        assert run("organizations", "list").out.splitlines()[1].split()[-2:] == ["org_admin", "here"]

    @pytest.mark.parametrize(
        ("arguments", "call", "body"),
        [
            (["create", "acme"], "POST /organizations", {"name": "acme", "displayName": "acme"}),
            (["update", "acme", "--require-mfa"], "PATCH /organizations/o1", {"requireMfa": True}),
            (["update", "acme", "--guest-links"], "PATCH /organizations/o1", {"guestLinks": True}),
            (["update", "acme", "--no-guest-links"], "PATCH /organizations/o1", {"guestLinks": False}),
            (["suspend", "acme", "--yes"], "PATCH /organizations/o1", {"status": "suspended"}),
            (["resume", "acme"], "PATCH /organizations/o1", {"status": "active"}),
            (["remove", "acme", "--yes"], "DELETE /organizations/o1", None),
            (
                ["add-member", "acme", "bob", "--org-role", "viewer"],
                "POST /organizations/o1/members",
                {"username": "bob", "orgRole": "viewer"},
            ),
            (["remove-member", "acme", "bob"], "DELETE /organizations/o1/members/u2", None),
        ],
    )
    def test_changes(self, run: Run, fake: Fake, arguments: list[str], call: str, body: Any) -> None:
        member = {"userId": "u2", "username": "bob", "orgRole": "viewer"}
        fake.answers["GET /organizations/o1/members"] = {"members": [member], "total": 1}
        fake.answers[call] = None if body is None or call.endswith("members") else ACME

        assert run("organizations", *arguments).code == 0
        assert written(fake) == [(call, body)]

    def test_a_first_administrator_has_an_address(self, run: Run) -> None:
        assert run("organizations", "create", "acme", "--admin", "ann").code == 2

    def test_switch_keeps_the_new_login(
        self, run: Run, fake: Fake, server: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("STREAMSPACE_TOKEN")
        monkeypatch.setitem(USER, "organizations", [ACME])
        typing(monkeypatch, "secret")
        run("login", "-u", "alice", "--password-stdin")

        assert run("organizations", "switch", "acme").err == "You are in Acme now.\n"
        assert fake.calls[-1] == ("POST /auth/switch", {}, {"orgId": "o1"})
        assert (held := credentials.Stored(server).load())
        assert held.token == "token-5"
        assert run("organizations", "switch", "other").code == 4

    def test_a_token_cannot_switch(self, run: Run) -> None:
        assert run("organizations", "switch", "acme").code == 2


class TestKeys:
    def test_list_is_a_table(self, run: Run) -> None:
        assert run("keys", "list").out.splitlines()[1].split()[:4] == ["sk_abcd", "ci", "sessions:read", "active"]

    def test_a_new_key_alone_is_on_stdout(self, run: Run, fake: Fake) -> None:
        fake.answers["POST /api-keys"] = (201, KEY | {"key": "sk_whole", "expiresAt": START.isoformat()})

        done = run("keys", "create", "ci", "--scope", "sessions:read", "--expires-in", "30d", "--ip", "10.0.0.0/8")

        assert done.out == "sk_whole"
        body = {"name": "ci", "scopes": ["sessions:read"], "expiresIn": "30d", "allowedIps": ["10.0.0.0/8"]}
        assert written(fake) == [("POST /api-keys", body)]

    def test_a_scope_must_be_named(self, run: Run) -> None:
        assert run("keys", "create", "ci").code == 2

    @pytest.mark.parametrize("name", ["k1", "sk_abcd", "ci"])
    def test_revoke_finds_it_by_id_beginning_or_name(self, run: Run, fake: Fake, name: str) -> None:
        fake.answers["POST /api-keys/k1/revoke"] = None

        assert run("keys", "revoke", name).err == "ci (sk_abcd…) no longer works.\n"

    def test_a_name_that_two_keys_have_is_refused(self, run: Run, fake: Fake) -> None:
        fake.answers["GET /api-keys"] = {"apiKeys": [KEY, KEY | {"id": "k2"}], "total": 2}

        assert "2 keys are called ci." in run("keys", "revoke", "ci").err
        assert written(fake) == []

    def test_remove(self, run: Run, fake: Fake) -> None:
        fake.answers["DELETE /api-keys/k1"] = None

        assert run("keys", "remove", "ci", "--yes").code == 0

    def test_scopes(self, run: Run, fake: Fake) -> None:
        fake.answers["GET /api-keys/scopes"] = {"scopes": [{"name": "scim", "actions": ["scim:provision"]}]}

        assert run("keys", "scopes").out.splitlines()[1].split() == ["scim", "scim:provision"]


class TestQuotas:
    def test_show_is_ones_own(self, run: Run, fake: Fake) -> None:
        fake.answers["GET /users/me/quota"] = {"maxSessions": 5, "usedSessions": 2, "inherited": True}

        lines = run("quotas", "show").out.splitlines()

        assert lines[1] == "Sessions  2 of 5"
        assert lines[2] == "CPU       no limit"
        assert lines[3] == "Memory    no limit"
        assert lines[-1] == "Limits    the platform's defaults"

    def test_show_all_is_a_table(self, run: Run, fake: Fake) -> None:
        fake.answers["GET /admin/quotas"] = {"quotas": [{"username": "bob", "usedSessions": 1}], "total": 1}

        assert run("quotas", "show", "--all").out.splitlines()[1].startswith("bob   1, no limit")

    def test_set_says_only_what_changes(self, run: Run, fake: Fake) -> None:
        fake.answers["PUT /users/u2/quota"] = {"maxMemory": "8Gi"}

        assert run("quotas", "set", "--user", "bob", "--memory", "8Gi", "--sessions", "none").code == 0
        assert written(fake) == [("PUT /users/u2/quota", {"maxSessions": None, "maxMemory": "8Gi"})]

    @pytest.mark.parametrize(
        "arguments",
        [
            ["set", "--sessions", "3"],
            ["set", "--user", "bob"],
            ["set", "--user", "bob", "--group", "sales", "--sessions", "3"],
            ["set", "--user", "bob", "--sessions", "many"],
            ["clear"],
        ],
    )
    def test_wrong_usage(self, run: Run, fake: Fake, arguments: list[str]) -> None:
        assert run("quotas", *arguments).code == 2
        assert written(fake) == []

    def test_clear(self, run: Run, fake: Fake) -> None:
        fake.answers["DELETE /organizations/o1/quota"] = None

        assert run("quotas", "clear", "--organization", "acme").code == 0

    def test_defaults_are_changed_one_by_one(self, run: Run, fake: Fake) -> None:
        fake.answers["PUT /quotas/defaults"] = {"maxSessions": 5, "maxCpu": "8"}

        assert "CPU       8" in run("quotas", "defaults", "--cpu", "8").out
        assert written(fake) == [("PUT /quotas/defaults", {"maxCpu": "8"})]


class TestLogins:
    def test_list_marks_this_one(self, run: Run, fake: Fake) -> None:
        entry = {"id": "l1", "current": True, "ip": "127.0.0.1", "userAgent": "curl", "method": "password"}
        fake.answers["GET /auth/logins"] = {"logins": [entry]}

        assert run("logins", "list").out.splitlines()[1].split() == ["l1", "127.0.0.1", "password", "curl", "yes"]

    def test_end(self, run: Run, fake: Fake) -> None:
        fake.answers["DELETE /auth/logins/l1"] = None

        assert run("logins", "end", "l1").err == "l1 has ended.\n"

    def test_end_all_keeps_this_one(self, run: Run, fake: Fake) -> None:
        fake.answers["DELETE /auth/logins"] = None

        assert run("logins", "end-all").code == 0
        assert fake.calls[-1][1] == {}
        assert run("logins", "end-all", "--current").code == 0
        assert fake.calls[-1][1] == {"current": "true"}

    @pytest.mark.parametrize("command", [["users", "logins", "bob"], ["logins", "list", "--user", "bob"]])
    def test_of_somebody_else(self, run: Run, fake: Fake, command: list[str]) -> None:
        fake.answers["GET /users/u2/logins"] = {"logins": []}

        done = run(*command, "--json")

        assert json.loads(done.out) == {"logins": []}

    @pytest.mark.parametrize(
        ("arguments", "call"),
        [(["end", "l1"], "DELETE /users/u2/logins/l1"), (["end-all"], "DELETE /users/u2/logins")],
    )
    def test_ends_somebody_elses(self, run: Run, fake: Fake, arguments: list[str], call: str) -> None:
        fake.answers[call] = None

        assert run("logins", *arguments, "--user", "bob").code == 0
        assert written(fake) == [(call, None)]

    def test_the_present_one_is_nobody_elses(self, run: Run) -> None:
        assert run("logins", "end-all", "--user", "bob", "--current").code == 2
