"""Texts that no template may be, each with the reason it is refused for."""

from __future__ import annotations

GOOD = """apiVersion: stream.space/v1alpha1
kind: Template
metadata:
  name: paintbox
spec:
  displayName: Paintbox
  baseImage: registry.example/paintbox:1.0
"""


def spec(lines: str) -> bytes:
    """Return a good template with more in its spec."""
    return (GOOD + "".join(f"  {line}\n" for line in lines.splitlines())).encode()


def _laughs() -> bytes:
    rows = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    return "\n".join(rows).encode()


def _merges() -> bytes:
    rows = ["m0: &m0 {k0: 1, k1: 2, k2: 3}"]
    rows += [f"m{n}: &m{n} {{<<: *m{n - 1}, a{n}: *m{n - 1}, b{n}: *m{n - 1}}}" for n in range(1, 20)]
    return "\n".join(rows).encode()


def _tower() -> bytes:
    rows = ["t0: &t0 " + "[" * 28 + "]" * 28]
    rows += [f"t{n}: &t{n} " + "[" * 28 + f"*t{n - 1}" + "]" * 28 for n in range(1, 40)]
    return "\n".join(rows).encode()


TEXTS: dict[str, tuple[str, bytes]] = {
    # What a text may be
    "larger than a manifest may be": ("too_large", b"a: " + b"x" * 300_000),
    "nothing at all": ("empty", b""),
    "only a comment": ("empty", b"# nobody is here\n"),
    "bytes that are no UTF-8": ("not_utf8", b"kind: \xff\xfe"),
    "UTF-16, as some editors write": ("not_utf8", "kind: Template".encode("utf-16")),
    "a NUL": ("control_character", b"kind: a\x00b"),
    "an escape sequence for terminals": ("control_character", b"kind: \x1b[2J"),
    "a NUL written as an escape": ("control_character", b'kind: "a\\0b"'),
    "half a surrogate pair in JSON": ("control_character", b'{"kind": "\\ud83d", "a": "\\/"}'),
    "no YAML": ("syntax", b"kind: [1, 2"),
    "a tab for indentation": ("syntax", b"spec:\n\tdisplayName: x"),
    "an unknown directive's tag handle": ("syntax", b"a: !e!thing 1"),
    # How it may be built
    "two documents": ("several_documents", b"a: 1\n---\nb: 2\n"),
    "the billion laughs": ("too_many_values", _laughs()),
    "merges that double each time": ("too_many_values", _merges()),
    "depth grown by aliases": ("too_deep", _tower()),
    "brackets without end": ("too_deep", b"[" * 100_000),
    "braces without end": ("too_deep", b"{a: " * 60_000),
    "JSON without end": ("too_deep", b'{"a":' * 50_000),
    "dashes without end": ("too_deep", b"- " * 100_000),
    "more values than a manifest has": ("too_many_values", b"a: [" + b"1," * 60_000 + b"]"),
    "one very long text": ("too_long", b"a: " + b"x" * 70_000),
    "an alias of nothing": ("aliases", b"a: *b"),
    "a list that holds itself": ("aliases", b"a: &a [*a]"),
    "a mapping that merges itself": ("aliases", b"a: &a {<<: *a}"),
    "aliases without number": ("aliases", b"a: &a 1\nb: [" + b"*a," * 200 + b"]"),
    "a key twice": ("duplicate_key", b"kind: Template\nkind: Pod"),
    "a key twice in JSON": ("duplicate_key", b'{"kind": "Template", "a": "\\/", "kind": "Pod"}'),
    "a key that is a list": ("key", b"? [a, b]\n: c"),
    "a key with an anchor": ("key", b"&a key: 1"),
    "a merge of a number": ("merge", b"<<: 1"),
    "a Python object": ("tag", b"a: !!python/object/apply:os.system ['id']"),
    "a Python name as a key": ("tag", b"!!python/name:os.system : 1"),
    "binary data": ("tag", b"a: !!binary aGVsbG8="),
    "a set": ("tag", b"a: !!set {b, c}"),
    "a tag of somebody's own": ("tag", b"a: !include /etc/passwd"),
    "a number that is text": ("tag", b"a: !!int hello"),
    "infinity": ("number", b"a: .inf"),
    "no number": ("number", b"a: .NaN"),
    "a number beyond all bounds": ("number", b"a: 1e999"),
    "a number of a thousand digits": ("number", b"a: " + b"9" * 5000),
    "a number larger than a database takes": ("number", b"a: 9223372036854775808"),
}
"""Refused before anybody asks whether they are a template, by code."""

FIELDS: dict[str, tuple[str, str, bytes]] = {
    # What a template must be
    "a list": ("type", "", b"[1, 2]"),
    "a single word": ("type", "", b"hello"),
    "another kind of object": ("literal_error", "kind", GOOD.replace("kind: Template", "kind: Pod").encode()),
    "another group": ("value_error", "apiVersion", GOOD.replace("stream.space/v1alpha1", "v1").encode()),
    "a name with a path": (
        "string_pattern_mismatch",
        "metadata.name",
        GOOD.replace("paintbox\nspec", "../x\nspec").encode(),
    ),
    "a name with capitals": (
        "string_pattern_mismatch",
        "metadata.name",
        GOOD.replace("paintbox\nspec", "Paint\nspec").encode(),
    ),
    "no spec": ("missing", "spec", GOOD.partition("spec:")[0].encode()),
    "nothing to run": ("value_error", "spec", GOOD.rpartition("  baseImage")[0].encode()),
    "a port beyond the last": (
        "less_than_equal",
        "spec.ports[0].containerPort",
        spec("ports: [{containerPort: 70000}]"),
    ),
    "a port with a name for a number": (
        "int_parsing",
        "spec.ports[0].containerPort",
        spec("ports: [{containerPort: http}]"),
    ),
    "more ports than a list takes": ("too_long", "spec.ports", spec(f"ports: [{'{containerPort: 1}, ' * 21}]")),
    "a variable with an equals sign": (
        "string_pattern_mismatch",
        "spec.env[0].name",
        spec("env: [{name: 'A=B', value: c}]"),
    ),
    "a number for a variable": ("string_type", "spec.env[0].value", spec("env: [{name: A, value: 1}]")),
    "an amount with another unit": (
        "value_error",
        "spec.defaultResources.memory",
        spec("defaultResources: {memory: 2 horses}"),
    ),
    "a package that is an option": (
        "value_error",
        "spec.debian.packages",
        spec("debian: {packages: ['--force'], command: [x]}"),
    ),
    "a package from elsewhere": (
        "value_error",
        "spec.debian.packages",
        spec("debian: {packages: [./x.deb], command: [x]}"),
    ),
    "a command that is a line": ("list_type", "spec.debian.command", spec("debian: {packages: [x], command: x --y}")),
    "an unknown protocol": ("literal_error", "spec.streamingProtocol", spec("streamingProtocol: telnet")),
    "a name that reads backwards": ("reordered_text", "spec.description", spec('description: "\\u202Egpj.exe"')),
    "a port of an older section": ("port", "spec.vnc.port", spec("vnc: {enabled: true, port: 0}")),
    "an older section that is none": ("model_type", "spec.kasmvnc", spec("kasmvnc: yes please")),
}
"""Refused because a field is wrong: code, path."""

DANGERS: dict[str, tuple[str, str, bytes]] = {
    "privileges": ("privileged", "spec.securityContext.privileged", spec("securityContext: {privileged: true}")),
    "privileges as text": ("privileged", "spec.privileged", spec("privileged: 'yes'")),
    "more privileges later": (
        "privileged",
        "spec.allow_privilege_escalation",
        spec("allow_privilege_escalation: true"),
    ),
    "the host's network": ("host_namespace", "spec.hostNetwork", spec("hostNetwork: true")),
    "the host's network, as compose says it": ("host_namespace", "spec.network_mode", spec("network_mode: host")),
    "another container's network": ("host_namespace", "spec.networkMode", spec("networkMode: 'container:db'")),
    "the host's processes": ("host_namespace", "spec.podSpec.hostPID", spec("podSpec: {hostPID: true}")),
    "the host's users": ("host_namespace", "spec.userns_mode", spec("userns_mode: host")),
    "a folder of the host": ("host_path", "spec.volumes[0].hostPath", spec("volumes: [{hostPath: {path: /}}]")),
    "a port of the host": ("host_port", "spec.ports[0].hostPort", spec("ports: [{containerPort: 80, hostPort: 80}]")),
    "devices": ("device", "spec.devices", spec("devices: [/dev/mem]")),
    "Linux capabilities": ("linux_capability", "spec.capabilities.add", spec("capabilities: {add: [SYS_ADMIN]}")),
    "a Linux capability among ours": ("capability", "spec.capabilities[1]", spec("capabilities: [Audio, SYS_ADMIN]")),
    "capabilities, as compose says it": ("linux_capability", "spec.cap_add", spec("cap_add: [ALL]")),
    "no seccomp": ("unconfined", "spec.security_opt", spec("security_opt: ['seccomp=unconfined']")),
    "the kernel's parameters": ("sysctl", "spec.sysctls", spec("sysctls: {net.ipv4.ip_forward: 1}")),
    "the cluster's account": ("service_account", "spec.serviceAccountName", spec("serviceAccountName: admin")),
    "root": ("root", "spec.securityContext.runAsUser", spec("securityContext: {runAsUser: 0}")),
    "Docker's socket": ("container_engine", "spec.volumes[0]", spec("volumes: ['/var/run/docker.sock:/x']")),
    "containerd's socket": ("container_engine", "spec.x.y", spec("x: {y: /run/containerd/containerd.sock}")),
    "the loader": ("loader_environment", "spec.env[0].name", spec("env: [{name: LD_PRELOAD, value: /config/x.so}]")),
    "the loader, in small letters": (
        "loader_environment",
        "spec.env[0].name",
        spec("env: [{name: ld_audit, value: x}]"),
    ),
    "what a shell reads": ("loader_environment", "spec.env[0].name", spec("env: [{name: BASH_ENV, value: /config/x}]")),
    "what Python reads": ("loader_environment", "spec.env[0].name", spec("env: [{name: PYTHONPATH, value: /config}]")),
    "a parameter that becomes the loader's": (
        "loader_environment",
        "spec.parameters.ld-preload",
        spec("parameters: {ld-preload: {type: string}}"),
    ),
    "a parameter that is given the loader's name": (
        "loader_environment",
        "spec.parameters.colour.env",
        spec("parameters: {colour: {type: string, env: LD_PRELOAD}}"),
    ),
    "our own variables": (
        "reserved_environment",
        "spec.env[0].name",
        spec("env: [{name: STREAMSPACE_SESSION_ID, value: x}]"),
    ),
    "a mount outside the home": (
        "mount_path",
        "spec.volumeMounts[0].mountPath",
        spec("volumeMounts: [{name: a, mountPath: /etc}]"),
    ),
    "a mount that climbs": (
        "mount_path",
        "spec.volumeMounts[0].mountPath",
        spec("volumeMounts: [{name: a, mountPath: /config/../etc}]"),
    ),
    "a mount that only begins alike": (
        "mount_path",
        "spec.volumeMounts[0].mountPath",
        spec("volumeMounts: [{name: a, mountPath: /configs}]"),
    ),
    "an image that is an option": (
        "image",
        "spec.baseImage",
        GOOD.replace("registry.example/paintbox:1.0", "--privileged").encode(),
    ),
    "an image with a blank": ("image", "spec.baseImage", GOOD.replace("paintbox:1.0", "'paint box'").encode()),
    "an icon that climbs": ("icon", "spec.icon", spec("icon: icons/../../etc/passwd")),
    "an icon at the root": ("icon", "spec.icon", spec("icon: /etc/passwd")),
    "an icon over plain HTTP": ("icon", "spec.icon", spec("icon: http://169.254.169.254/latest")),
    "an icon with a password": ("icon", "spec.icon", spec("icon: https://a:b@icons.example/x.png")),
    "an icon that is a program": ("icon", "spec.icon", spec("icon: 'javascript:alert(1)'")),
    "a home page that is a program": ("address", "spec.homeUrl", spec("homeUrl: 'javascript:alert(1)'")),
    "a home page in a file": ("address", "spec.homeUrl", spec("homeUrl: file:///etc/passwd")),
}
"""Well-formed, and refused for what they ask for: code, path."""
