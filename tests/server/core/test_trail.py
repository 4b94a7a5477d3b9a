import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.server.core.trail import MASKED, changes, clean, is_secret

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from (name, *texts(item))


class TestSecrets:
    @pytest.mark.parametrize(
        "name",
        [
            *("password", "newPassword", "current_password", "PASSWORD", "passwordHash", "secret", "clientSecret"),
            *(
                "token",
                "refreshToken",
                "joinToken",
                "key",
                "apiKey",
                "api_key",
                "signingKey",
                "hash",
                "private_key_pem",
            ),
            *("backupCodes", "code", "cookie", "Authorization", "totpSeed"),
        ],
    )
    def test_are_known_by_their_names(self, name: str) -> None:
        assert is_secret(name)
        assert clean({"deep": [{name: "value"}]}) == {"deep": [{name: MASKED}]}

    @pytest.mark.parametrize(
        "name",
        ["keyId", "key_prefix", "tokenExpiresAt", "passwordChangedAt", "keyboard", "monkey", "username", "displayName"],
    )
    def test_what_only_tells_about_one_is_kept(self, name: str) -> None:
        assert clean({name: "value"}) == {name: "value"}

    def test_whether_there_is_one_is_no_secret(self) -> None:
        assert clean({"password": None, "requirePassword": True}) == {"password": None, "requirePassword": True}

    @pytest.mark.parametrize(
        "text",
        [
            "sk_" + "a" * 43,
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlc2lnbmF0dXJl",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
        ],
    )
    def test_are_known_by_their_looks(self, text: str) -> None:
        told = clean({"note": f"it is {text} indeed"})["note"]
        assert MASKED in told
        assert text[4:30] not in told

    def test_in_addresses_too(self) -> None:
        assert clean("https://ann:hunter22@host/x") == f"https://{MASKED}@host/x"


class TestChanges:
    def test_of_two_states_only_what_differs_is_told(self) -> None:
        assert changes({"role": "user", "name": "a"}, {"role": "admin", "name": "a"}) == {
            "before": {"role": "user"},
            "after": {"role": "admin"},
        }

    def test_that_a_secret_changed_is_told(self) -> None:
        assert changes({"secret": "a"}, {"secret": "b"}) == {"before": {"secret": MASKED}, "after": {"secret": MASKED}}

    def test_one_state_is_told_whole(self) -> None:
        assert changes(None, {"role": "user"}) == {"after": {"role": "user"}}
        assert changes(None, None) is None


class TestClean:
    @given(VALUES)
    def test_whatever_comes_is_plain_and_bounded(self, value: object) -> None:
        told = clean(value)
        text = json.dumps(told, ensure_ascii=False)
        assert json.loads(text) == told
        text.encode()
        assert not any("\0" in found for found in texts(told))
        assert clean(told) == told

    def test_endless_things_are_cut(self) -> None:
        assert len(clean("x" * 10_000)) == 500
        assert len(clean(list(range(1000)))) == 50
        deep: list[object] = []
        for _ in range(100):
            deep = [deep]
        assert "…" in json.dumps(clean(deep), ensure_ascii=False)

    def test_numbers_that_readers_disagree_on_are_text(self) -> None:
        assert clean([0.5, 2**60, float("nan"), 7]) == ["0.5", str(2**60), "nan", 7]
