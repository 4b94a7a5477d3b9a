"""Session specs for tests of platforms."""

from __future__ import annotations

from typing import Any

from streamspace.platforms.base import SessionSpec
from streamspace.protocol.manifest import TemplateManifest


def manifest(
    *,
    name: str = "test",
    command: list[str] | None = None,
    packages: list[str] | None = None,
    capabilities: list[str] | None = None,
    window_manager: bool = True,
    **spec: Any,
) -> TemplateManifest:
    return TemplateManifest.model_validate(
        {
            "apiVersion": "stream.space/v1alpha1",
            "kind": "Template",
            "metadata": {"name": name},
            "spec": {
                "displayName": name.title(),
                "capabilities": capabilities or [],
                "debian": {
                    "packages": packages or [],
                    "command": command or ["xterm"],
                    "windowManager": window_manager,
                },
                **spec,
            },
        }
    )


def session_spec(
    session_id: str,
    *,
    user_id: str = "user-1",
    org_id: str = "org-1",
    memory_bytes: int = 1024**3,
    cpu_millicores: int = 1000,
    persistent_home: bool = True,
    environment: dict[str, str] | None = None,
    **template: Any,
) -> SessionSpec:
    return SessionSpec(
        session_id=session_id,
        user=user_id,
        user_id=user_id,
        org_id=org_id,
        manifest=manifest(**template),
        cpu_millicores=cpu_millicores,
        memory_bytes=memory_bytes,
        persistent_home=persistent_home,
        environment=environment or {},
    )
