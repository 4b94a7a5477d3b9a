"""The agent's key survives every moment of its replacement."""

from pathlib import Path

from streamspace.agent.keyring import Keyring


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    made = Keyring(tmp_path).current
    assert len(made) == 64
    assert Keyring(tmp_path).current == made
    assert (tmp_path / "agent.key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_is_given_replaces_the_old_one_and_stays(tmp_path: Path) -> None:
    Keyring(tmp_path)
    assert Keyring(tmp_path, "a" * 64).current == "a" * 64
    assert Keyring(tmp_path).current == "a" * 64


def test_the_next_one_is_on_disk_before_it_is_told_and_the_old_one_until_it_is_taken(tmp_path: Path) -> None:
    keys = Keyring(tmp_path)
    old = keys.current
    following = keys.make_next()
    assert keys.make_next() == following != old
    restarted = Keyring(tmp_path)
    assert restarted.current == old
    assert restarted.advance()
    assert restarted.current == Keyring(tmp_path).current == following
    assert not restarted.advance()
