"""What a gateway tells Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamspace.gateway.control import ControlLink
    from streamspace.gateway.gate import Gate


def exposition(gate: Gate, link: ControlLink) -> str:
    """Write the metrics in Prometheus' text format."""
    lines = [
        "# TYPE streamspace_gateway_streams_open gauge",
        f"streamspace_gateway_streams_open {gate.streams.count}",
        "# TYPE streamspace_gateway_streams_opened_total counter",
        f"streamspace_gateway_streams_opened_total {gate.streams.opened_total}",
        "# TYPE streamspace_gateway_agents_linked gauge",
        f"streamspace_gateway_agents_linked {gate.links.count}",
        "# TYPE streamspace_gateway_control_link_up gauge",
        f"streamspace_gateway_control_link_up {int(link.up)}",
        "# TYPE streamspace_gateway_refused_total counter",
    ]
    lines += [
        f'streamspace_gateway_refused_total{{code="{code}"}} {count}' for code, count in sorted(gate.refusals.items())
    ]
    lines += gate.moved.exposition()
    lines.append("# TYPE streamspace_gateway_messages_dropped_total counter")
    lines += [
        f'streamspace_gateway_messages_dropped_total{{direction="{way}"}} {count}'
        for way, count in sorted(gate.dropped.items())
    ]
    return "\n".join([*lines, ""])
