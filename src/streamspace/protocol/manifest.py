"""Template manifests, as repositories hold them and agents get them.

The format is that of the public template repositories (`stream.space/v1alpha1`, and the older group
`stream.streamspace.io/v1alpha1`); `spec.debian` is ours: how to run the application from Debian packages.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from streamspace.kit import quantities
from streamspace.protocol import parameters
from streamspace.protocol.base import Wire
from streamspace.protocol.parameters import Parameters
from streamspace.protocol.places import Place
from streamspace.protocol.policies import Policy

# Debian policy §5.6.1; the first character also keeps options out of apt's command line.
_PACKAGE = re.compile(r"[a-z0-9][a-z0-9+.-]{1,99}")
API_VERSIONS = ("stream.space/v1alpha1", "stream.streamspace.io/v1alpha1")


class Metadata(Wire):
    """Who a template is."""

    name: str = Field(min_length=1, max_length=63, pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
    namespace: str | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    annotations: dict[str, str] = Field(default_factory=dict)


class Port(Wire):
    """A port of the image; the first one streams."""

    name: str = ""
    container_port: int = Field(ge=1, le=65535)
    protocol: str = "TCP"


class Variable(Wire):
    """One environment variable."""

    name: str = Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=100)
    value: str = Field(default="", max_length=4000)


class Mount(Wire):
    """Where a volume appears."""

    name: str
    mount_path: str


class Amounts(Wire):
    """Memory and CPU as Kubernetes quantities."""

    memory: str | None = None
    cpu: str | None = None

    @field_validator("memory", "cpu", mode="before")
    @classmethod
    def _quantity(cls, value: Any) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)  # YAML reads `cpu: 1` as a number
        if isinstance(value, str):
            quantities.parse(value)
        return value


class Resources(Amounts):
    """`requests` and `limits`, or the older flat form."""

    requests: Amounts = Field(default_factory=Amounts)
    limits: Amounts = Field(default_factory=Amounts)

    def wanted_cpu(self) -> str | None:
        """Return what a session gets unless its request says otherwise: the limit, else the request."""
        return self.limits.cpu or self.requests.cpu or self.cpu

    def wanted_memory(self) -> str | None:
        """Return what a session gets unless its request says otherwise: the limit, else the request."""
        return self.limits.memory or self.requests.memory or self.memory


class Debian(Wire):
    """How to run the application from Debian packages, on a machine or in the generic image."""

    packages: list[str] = Field(default_factory=list, max_length=60)
    command: list[str] = Field(min_length=1, max_length=40)
    window_manager: bool = True
    """False where the command brings its own, as a desktop does."""

    @field_validator("packages")
    @classmethod
    def _names(cls, value: list[str]) -> list[str]:
        for name in value:
            if not _PACKAGE.fullmatch(name):
                raise ValueError(f"{name[:60]!r} is not the name of a Debian package.")
        return value


class Spec(Wire):
    """How to run and show an application."""

    display_name: str = Field(min_length=1, max_length=100)
    description: str = Field(default="", max_length=4000)
    category: str = Field(default="Other", max_length=60)
    icon: str = Field(default="", max_length=2000)
    base_image: str | None = Field(default=None, max_length=500)
    image_contract: Literal["streamspace", "linuxserver"] = "streamspace"
    """What `base_image` follows: ours, or LinuxServer.io's: a start as root, and a page on port 3000."""
    debian: Debian | None = None
    app_type: Literal["desktop", "webapp"] = "desktop"
    streaming_protocol: Literal["selkies", "vnc", "http"] = "selkies"
    default_resources: Resources = Field(default_factory=Resources)
    ports: list[Port] = Field(default_factory=list, max_length=20)
    env: list[Variable] = Field(default_factory=list, max_length=100)
    volume_mounts: list[Mount] = Field(default_factory=list, max_length=20)
    capabilities: list[str] = Field(default_factory=list, max_length=20)
    tags: list[str] = Field(default_factory=list, max_length=40)
    featured: bool = False
    home_url: str | None = Field(default=None, max_length=500)
    placement: Place | None = None
    """Where its sessions run; a request can only narrow it down."""
    parameters: Parameters = Field(default_factory=dict)
    """What whoever starts it is asked; each answer becomes an environment variable."""
    policy: Policy | None = None
    """What may cross the border of this application's sessions; groups and organisations can only restrict it."""

    @field_validator("parameters")
    @classmethod
    def _asked(cls, value: Parameters) -> Parameters:
        parameters.check(value)
        return value

    @model_validator(mode="after")
    def _runnable(self) -> Spec:
        if self.base_image is None and self.debian is None:
            raise ValueError("A template needs baseImage, debian, or both.")
        if self.image_contract == "linuxserver" and (self.streaming_protocol != "http" or self.debian is not None):
            raise ValueError("imageContract linuxserver goes with streamingProtocol http, baseImage and no debian.")
        return self


class TemplateManifest(Wire):
    """One template."""

    api_version: str
    kind: Literal["Template"]
    metadata: Metadata
    spec: Spec

    @field_validator("api_version")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in API_VERSIONS:
            raise ValueError(f"apiVersion must be {' or '.join(API_VERSIONS)}.")
        return value
