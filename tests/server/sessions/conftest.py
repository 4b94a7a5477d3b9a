import pytest

from streamspace.kit import ids
from streamspace.server.agents.models import Agent
from streamspace.server.core.http import Context


@pytest.fixture
async def robot(context: Context) -> str:
    """An agent that is online, as far as the database knows."""
    async with context.database.work() as uow:
        uow.db.add(
            Agent(
                id=ids.uid(),
                agent_id="robot",
                platform="process",
                online=True,
                draining=False,
                capacity={"maxSessions": 3, "cpu": "4", "memory": "8Gi"},
                abilities=[],
                agent_metadata={},
                api_key_hash="-",
                api_key_created_at=uow.now(),
                last_heartbeat=uow.now(),
                approval_status="approved",
                created_at=uow.now(),
                updated_at=uow.now(),
            )
        )
    return "robot"
