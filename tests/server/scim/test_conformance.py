"""What others wrote to check SCIM servers finds nothing."""

import asyncio

import httpx2
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

from tests.server.conftest import Served
from tests.server.scim.conftest import key_of

NOT_OURS = "User check_remove_attribute: PATCH modify() did not remove attribute 'active'"
"""What it finds and we mean: nobody is neither active nor inactive."""


async def test_a_checker_of_scim_servers_finds_no_fault(served: Served) -> None:
    headers = {"Authorization": f"Bearer {await key_of(served.context.database, 'orga')}"}

    def check() -> str:
        with httpx2.Client(base_url=f"{served.url}/scim/v2", headers=headers, timeout=30) as client:
            found = check_server(SyncSCIMClient(client))
        assert len([one for one in found if one.status == Status.SUCCESS]) > 45
        fine = {Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE}
        return "\n".join(f"{one.resource_type} {one.title}: {one.reason}" for one in found if one.status not in fine)

    assert await asyncio.to_thread(check) == NOT_OURS
