from pathlib import Path

import pytest

from streamspace.agent.journal import Journal
from streamspace.agent.workloads import Workloads
from streamspace.platforms.base import SessionSpec
from streamspace.platforms.fake import FakePlatform
from streamspace.protocol import control
from tests.platforms.specs import session_spec

NAME = "ann-term-00000001"


async def nothing(*_: object) -> None: ...


@pytest.fixture
async def platform() -> FakePlatform:
    made = FakePlatform()
    wanted: SessionSpec = session_spec(NAME)
    await made.start(wanted, nothing)
    return made


@pytest.mark.parametrize(("connection", "holder"), [("c1", "c1"), (None, None), ("", None)])
async def test_the_control_plane_says_who_has_control(
    platform: FakePlatform, tmp_path: Path, connection: str | None, holder: str | None
) -> None:
    workloads = Workloads(platform, Journal(tmp_path / "journal.jsonl"), nothing, nothing)
    payload = {"sessionId": NAME, "connectionId": connection}
    answer = await workloads.answer(control.Query(query_id="q", question="control", payload=payload))
    assert (answer.error, platform.in_control[NAME]) == (None, holder)
    await workloads.close()


async def test_a_session_that_is_not_there_has_no_control_to_give(platform: FakePlatform, tmp_path: Path) -> None:
    workloads = Workloads(platform, Journal(tmp_path / "journal.jsonl"), nothing, nothing)
    payload = {"sessionId": "never-was", "connectionId": "c1"}
    answer = await workloads.answer(control.Query(query_id="q", question="control", payload=payload))
    assert answer.error == "not_found"
    await workloads.close()
