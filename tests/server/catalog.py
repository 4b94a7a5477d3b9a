"""A small catalog of templates."""

from pathlib import Path

from streamspace.protocol.manifest import TemplateManifest

ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def manifest(name: str, **spec: object) -> dict[str, object]:
    """Return a manifest as a repository would hold it."""
    return {
        "apiVersion": "stream.space/v1alpha1",
        "kind": "Template",
        "metadata": {"name": name},
        "spec": {"displayName": name.title(), "category": "Test", **spec},
    }


EDITOR = manifest(
    "editor",
    description="Edits text.",
    icon="icons/editor.svg",
    debian={"packages": ["mousepad"], "command": ["mousepad"]},
    defaultResources={"memory": "512Mi", "cpu": "500m"},
    tags=["text", "small"],
    featured=True,
)
BROWSER = manifest(
    "browser",
    category="Web",
    baseImage="example/browser:1",
    debian={"packages": ["chromium"], "command": ["chromium"]},
    tags=["web"],
)
IMAGE_ONLY = manifest("imageonly", baseImage="example/only:1", ports=[{"containerPort": 3000}])


def write(root: Path) -> Path:
    """Write the catalog and return its folder."""
    import json

    (root / "templates").mkdir()
    (root / "icons").mkdir()
    (root / "icons" / "editor.svg").write_text(ICON)
    for entry in (EDITOR, BROWSER, IMAGE_ONLY):
        name = TemplateManifest.model_validate(entry).metadata.name
        (root / "templates" / f"{name}.yaml").write_text(json.dumps(entry))  # JSON is YAML too
    return root
