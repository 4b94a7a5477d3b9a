"""How entries are written down and hashed. The example is the one in docs/explanation/audit.md."""

import hashlib
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from streamspace.protocol.auditing import BEGINNING, GAP, Chain, canonical, digest, instant

ENTRY = {
    "seq": 1,
    "at": "2026-01-31T12:00:00.000000Z",
    "actorKind": "user",
    "actorName": "ann",
    "action": "user.created",
    "resourceType": "user",
    "outcome": "ok",
    "changes": {"after": {"fullName": "Zoë", "quota": None}},
    "prevHash": BEGINNING,
}
WRITTEN = (
    '{"action":"user.created","actorKind":"user","actorName":"ann","at":"2026-01-31T12:00:00.000000Z",'
    '"changes":{"after":{"fullName":"Zoë","quota":null}},"outcome":"ok","prevHash":"' + "0" * 64 + '",'
    '"resourceType":"user","seq":1}'
).encode()


def chain_of(count: int) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    previous = BEGINNING
    for seq in range(1, count + 1):
        entry = ENTRY | {"seq": seq, "prevHash": previous}
        previous = digest(entry)
        made.append(entry | {"hash": previous})
    return made


def test_an_entry_is_written_one_way() -> None:
    assert canonical(ENTRY) == WRITTEN
    assert digest(ENTRY) == hashlib.sha256(WRITTEN).hexdigest()


def test_neither_its_hash_nor_what_is_null_counts() -> None:
    assert digest(ENTRY | {"hash": "x", "code": None}) == digest(ENTRY)
    assert digest(ENTRY | {"code": ""}) != digest(ENTRY)


def test_times_are_utc_with_microseconds() -> None:
    there = timezone(timedelta(hours=2))
    assert instant(datetime(2026, 1, 31, 14, tzinfo=there)) == "2026-01-31T12:00:00.000000Z"


def test_a_chain_holds() -> None:
    chain = Chain()
    assert chain.follow(chain_of(5)) is None
    assert (chain.seq, chain.entries) == (5, 5)


@pytest.mark.parametrize(
    ("change", "at", "reason"),
    [
        (lambda log: log[2].update(action="x"), 3, "Entry 3 is not what was written."),
        (lambda log: log.pop(2), 3, "Entry 3 is missing."),
        (lambda log: log.insert(3, log[2]), 3, "Entry 3 is out of place."),
        (lambda log: log[2].update(seq="3"), 3, "Entry 3 is not an entry."),
        (lambda log: log[2].update(prevHash="0"), 3, "Entry 3 does not follow entry 2 as that is now."),
        (lambda log: log[2].update(changes=float("nan")), 3, "Entry 3 is not what was written."),
    ],
)
def test_the_first_fault_is_named(change: Any, at: int, reason: str) -> None:
    log = chain_of(5)
    change(log)
    found = Chain().follow(log)
    assert found is not None
    assert (found.seq, found.reason) == (at, reason)


def test_a_chain_can_be_followed_in_parts_and_from_the_middle() -> None:
    log = chain_of(6)
    chain = Chain(log[1]["seq"], log[1]["hash"])
    assert chain.follow(log[2:4]) is None
    assert chain.follow(log[4:]) is None
    assert chain.hash == log[-1]["hash"]


def test_entries_about_gaps_are_remembered() -> None:
    entry = ENTRY | {"action": GAP}
    chain = Chain()
    chain.follow([entry | {"hash": digest(entry)}])
    assert chain.gaps == [1]
