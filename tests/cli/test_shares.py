import pytest

from tests.cli.conftest import Run
from tests.client.fake import START, Fake

SESSION = "alice-xterm-00000001"
SHARE = {
    "id": "s1a2",
    "sessionId": SESSION,
    "kind": "link",
    "permission": "view",
    "state": "active",
    "uses": 1,
    "maxUses": 3,
    "expiresAt": START.isoformat(),
}
SHARED = {"id": "bob-xterm-00000002", "owner": "bob", "templateDisplayName": "Terminal", "state": "running"}
OPENED = {"connectionId": "c1", "sessionUrl": "http://gate/s/x/?ticket=t", "state": "running", "ready": True}


@pytest.fixture(autouse=True)
def _up(run: Run, server: str, fake: Fake) -> None:
    assert fake.session(1)["id"] == SESSION
    at = f"/sessions/{SESSION}"
    fake.answers |= {
        f"POST {at}/shares": SHARE | {"token": "ssl_x", "url": "http://desk/invite#ssl_x"},
        f"GET {at}/shares": {"shares": [SHARE, SHARE | {"id": "s1b3", "kind": "user", "username": "bob"}], "total": 2},
        f"DELETE {at}/shares/s1a2": None,
        f"GET {at}/connections": {
            "connections": [{"id": "c1", "username": "Kim", "role": "viewer", "guest": True, "hasControl": True}]
        },
        f"POST {at}/control": {"sessionId": SESSION, "connections": []},
        f"DELETE {at}/control": {"sessionId": SESSION, "connections": []},
        "POST /shares/redeem": {"session": SHARED},
        "GET /me/shared-sessions": {"sessions": [SHARED], "total": 1},
        "POST /me/shared-sessions/bob-xterm-00000002/connect": OPENED,
    }


def test_a_link_is_printed_where_nobody_is_named(run: Run) -> None:
    done = run("shares", "create", SESSION, "--permission", "control", "--uses", "3", "--expires-in", "2h")
    assert (done.code, done.out) == (0, "http://desk/invite#ssl_x")


def test_a_list_says_how_often_a_link_was_used(run: Run) -> None:
    listed = run("shares", "list", SESSION)
    assert listed.code == 0
    assert "1/3" in listed.out
    assert "bob" in listed.out


def test_a_share_is_ended_by_how_its_id_begins(run: Run) -> None:
    assert run("shares", "revoke", SESSION, "s1a").code == 0
    several = run("shares", "revoke", SESSION, "s1")
    assert (several.code, "2 shares begin with s1" in several.err) == (4, True)
    assert run("shares", "revoke", SESSION, "zz").code == 4


@pytest.mark.parametrize("what", ["http://desk/invite#ssl_x", "ssl_x", "bob-xterm-00000002"])
def test_somebody_elses_session_opens_by_link_token_or_id(run: Run, what: str) -> None:
    opened = run("shares", "open", what, "--print")
    assert (opened.code, opened.out) == (0, OPENED["sessionUrl"])


def test_shows_what_is_shared_and_who_is_there(run: Run) -> None:
    assert "bob-xterm-00000002" in run("shares", "mine").out
    assert "Kim (guest)" in run("shares", "people", SESSION).out


def test_control_is_given_and_taken_back(run: Run) -> None:
    assert run("shares", "control", SESSION, "c1").code == 0
    assert run("shares", "control", SESSION, "--back").code == 0
    assert run("shares", "control", SESSION).code != 0
