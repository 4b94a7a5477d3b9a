import json
from pathlib import Path
from typing import Any

import pytest

from streamspace.client import Api
from streamspace.protocol.auditing import BEGINNING, GAP, digest
from tests.cli.conftest import Run
from tests.client.fake import Fake

AUDIT = "GET /admin/audit"


def chain_of(count: int, **fields: Any) -> list[dict[str, Any]]:
    log: list[dict[str, Any]] = []
    previous = BEGINNING
    for seq in range(1, count + 1):
        entry = {
            "seq": seq,
            "at": "2026-01-31T12:00:00.000000Z",
            "actorKind": "user",
            "actorName": "ann",
            "ip": "192.0.2.1",
            "action": "user.created",
            "resourceType": "user",
            "resourceId": f"u{seq}",
            "outcome": "ok",
            "prevHash": previous,
            **fields,
        }
        previous = entry["hash"] = digest(entry)
        log.append(entry)
    return log


def lines(log: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(entry, ensure_ascii=False).encode() + b"\n" for entry in log)


def serve(fake: Fake, log: list[dict[str, Any]], **verified: Any) -> None:
    head = {"seq": log[-1]["seq"], "hash": log[-1]["hash"]}
    fake.answers |= {
        AUDIT: {"logs": log[::-1], "total": len(log)},
        f"{AUDIT}/export": lines(log),
        f"{AUDIT}/verify": {"ok": True, "entries": len(log), "head": head} | verified,
    }
    fake.answers |= {f"{AUDIT}/{entry['seq']}": entry for entry in log}


@pytest.fixture(autouse=True)
def _up(run: Run, server: str, fake: Fake) -> None:
    serve(fake, chain_of(3, changes={"after": {"fullName": "Zoë"}}))


class TestReading:
    def test_the_list_says_who_did_what(self, run: Run) -> None:
        done = run("audit", "list", "--limit", "3")
        assert done.code == 0
        assert "ann" in done.out
        assert "user.created" in done.out
        assert "user u3" in done.out

    def test_filters_go_to_the_server(self, run: Run, fake: Fake) -> None:
        run("audit", "list", "--username", "ann", "--action", "user.*", "--outcome", "denied", "--since", "2026-01-31")
        query = fake.calls[-1][1]
        assert query["username"] == "ann"
        assert query["action"] == "user.*"
        assert query["outcome"] == "denied"
        assert query["start_date"].endswith("+00:00")

    def test_the_tail_is_oldest_first(self, run: Run) -> None:
        shown = run("audit", "tail", "-n", "2").out.splitlines()
        assert [line.rpartition(" ")[2] for line in shown] == ["u2", "u3"]

    def test_one_entry_shows_what_changed(self, run: Run) -> None:
        assert '{"fullName": "Zoë"}' in run("audit", "show", "2").out

    def test_what_somebody_else_wrote_cannot_steer_the_terminal(self, run: Run, fake: Fake) -> None:
        serve(fake, chain_of(1, actorName="a\x1b[2Jb\nc"))
        done = run("audit", "tail")
        assert "\x1b" not in done.out
        assert len(done.out.splitlines()) == 1

    def test_json_is_one_entry_a_line(self, run: Run) -> None:
        shown = run("audit", "tail", "--json").out.splitlines()
        assert [json.loads(line)["seq"] for line in shown] == [1, 2, 3]


async def test_following_yields_what_comes(server: str, fake: Fake) -> None:
    async with Api(server, token="token-1") as api:
        seen = []
        async for entry in api.audit.follow(0):
            seen.append(entry.seq)
            if len(seen) == 3:
                break
    assert sorted(seen) == [1, 2, 3]
    assert fake.calls[-1][1]["after"] == "0"


class TestExport:
    def test_the_ending_names_the_format(self, run: Run, fake: Fake, tmp_path: Path) -> None:
        file = tmp_path / "log.jsonl"
        assert run("audit", "export", str(file), "--outcome", "ok").code == 0
        assert fake.calls[-1][1] == {"outcome": "ok", "format": "jsonl"}
        assert len(file.read_bytes().splitlines()) == 3
        assert [path.name for path in tmp_path.glob("log*")] == ["log.jsonl"]

    def test_without_one_it_must_be_said(self, run: Run, tmp_path: Path) -> None:
        assert run("audit", "export", str(tmp_path / "log")).code == 2
        assert run("audit", "export", str(tmp_path / "log"), "--format", "csv").code == 0

    def test_a_refusal_leaves_no_file(self, run: Run, fake: Fake, tmp_path: Path) -> None:
        fake.answers[f"{AUDIT}/export"] = (403, {"error": "forbidden", "message": "You may not do this."})
        assert run("audit", "export", str(tmp_path / "log.csv")).code == 5
        assert list(tmp_path.glob("log*")) == []


class TestVerify:
    def test_an_untouched_log_holds(self, run: Run) -> None:
        done = run("audit", "verify")
        assert (done.code, done.out.startswith("3 entries hold.")) == (0, True)

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (lambda log: log[1].update(outcome="denied"), "Entry 2 is not what was written."),
            (lambda log: log.pop(1), "Entry 2 is missing."),
            (lambda log: log[2].update(prevHash=BEGINNING), "Entry 3 does not follow entry 2"),
        ],
    )
    def test_a_log_that_was_changed_does_not(self, run: Run, fake: Fake, change: Any, reason: str) -> None:
        log = chain_of(3)
        change(log)
        serve(fake, log)
        done = run("audit", "verify")
        assert done.code == 1
        assert reason in done.err

    def test_nor_one_whose_tail_is_gone(self, run: Run, fake: Fake, tmp_path: Path) -> None:
        file = tmp_path / "log.jsonl"
        run("audit", "export", str(file))
        serve(fake, chain_of(2))
        done = run("audit", "verify", "--file", str(file))
        assert done.code == 1
        assert "The server's log ends at entry 2; this one at 3." in done.err

    def test_nor_one_that_was_rewritten_since_the_export(self, run: Run, fake: Fake, tmp_path: Path) -> None:
        file = tmp_path / "log.jsonl"
        run("audit", "export", str(file))
        serve(fake, chain_of(5, actorName="eve"))
        done = run("audit", "verify", "--file", str(file))
        assert done.code == 1
        assert "The server's entry 3 is another than this one." in done.err

    def test_an_export_is_a_beginning_of_a_log_that_went_on(self, run: Run, fake: Fake, tmp_path: Path) -> None:
        file = tmp_path / "log.jsonl"
        run("audit", "export", str(file))
        serve(fake, chain_of(5, changes={"after": {"fullName": "Zoë"}}))
        assert run("audit", "verify", "--file", str(file)).code == 0

    def test_what_the_server_found_counts(self, run: Run, fake: Fake) -> None:
        serve(fake, chain_of(3), ok=False, brokenAt=3, reason="The log's end does not carry the signature.")
        done = run("audit", "verify", "--json")
        assert done.code == 1
        assert (json.loads(done.out)["brokenAt"], json.loads(done.out)["ok"]) == (3, False)

    def test_a_gap_the_server_noted_must_be_accepted(self, run: Run, fake: Fake) -> None:
        serve(fake, chain_of(2, action=GAP))
        assert run("audit", "verify").code == 1
        assert run("audit", "verify", "--accept", "1", "--accept", "2").code == 0

    def test_a_file_can_be_checked_alone(self, run: Run, fake: Fake, tmp_path: Path) -> None:
        file = tmp_path / "log.jsonl"
        file.write_bytes(lines(chain_of(3)))
        assert run("audit", "verify", "--file", str(file), "--offline").code == 0
        file.write_bytes(lines(chain_of(3)).replace(b"ann", b"eve", 1))
        assert run("audit", "verify", "--file", str(file), "--offline").code == 1
        file.write_bytes(b"nonsense\n")
        assert run("audit", "verify", "--file", str(file), "--offline").code == 1
        assert fake.calls == []
        assert run("audit", "verify", "--offline").code == 2
        assert run("audit", "verify", "--file", str(tmp_path / "none"), "--offline").code == 2
