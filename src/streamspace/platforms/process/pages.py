"""Makes the page that sessions serve: the engine's, compressed, in our colours, with an ear for the portal."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

_ADDED = Path(__file__).parent / "page"
_LEFT_OUT = ("__pycache__", "__init__.py", "jsdb")
"""`jsdb` describes gamepads, which sessions have none of, in a thousand files."""
_DASHBOARD = re.compile(r'<script type="module" crossorigin src="\./assets/([\w.-]+\.js)"></script>')
_FOR_INSTALLED_PAGES = re.compile(r'<link rel="(?:manifest|apple-touch-icon)"[^>]*>')
_WORTH_COMPRESSING = frozenset({".js", ".css", ".html", ".svg", ".json"})


def prepare(root: Path, sites: Iterable[Path]) -> Path:
    """Return the folder, making it at the first start with a version of the engine or of what we add.

    Without it the engine copies its page into each session's memory, and sends it as it is.

    Raises:
        ToolMissing: the engine has no page.
    """
    source = next((site / "selkies" / "selkies_web" for site in sites if (site / "selkies").is_dir()), None)
    if source is None or not (source / "index.html").is_file():
        from streamspace.platforms.base import ToolMissing  # noqa: PLC0415 - where images are built, only this module is

        raise ToolMissing("The streaming engine has no web page. Install it anew: pip install 'streamspace[process]'")
    folder = root / "pages" / _version(source)
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        shutil.copytree(source, draft, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        index = draft / "index.html"
        index.write_text(_with_ours(index.read_text(), draft))
        for path in [path for path in draft.rglob("*") if path.suffix in _WORTH_COMPRESSING]:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        for path in [draft, *draft.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        os.rename(draft, folder)  # noqa: PTH104 - fails if another agent was quicker
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not folder.is_dir():
            raise
    return folder


def _with_ours(index: str, folder: Path) -> str:
    """Add our style and scripts, begin with the engine's core, and leave out what is for pages that are installed."""
    style, script, begin = ((_ADDED / name).read_text() for name in ("page.css", "page.js", "begin.js"))
    core = next((path.name for path in folder.glob("assets/selkies-core-*.js")), None)
    dashboard = _DASHBOARD.search(index)
    early = f'<link rel="modulepreload" crossorigin href="./assets/{core}">' if core is not None else ""
    first = ""
    if core is not None and dashboard is not None:
        begin = begin.replace("CORE", core).replace("DASHBOARD", dashboard[1])
        index = index.replace(dashboard[0], "")
        first = f'<script type="module">{begin}</script>'
    index = _FOR_INSTALLED_PAGES.sub("", index)
    return index.replace("</head>", f"{early}<style>{style}</style><script>{script}</script>{first}</head>", 1)


def _version(source: Path) -> str:
    seen = hashlib.sha256()
    for path in sorted([*source.rglob("*.js"), *source.rglob("*.html"), *_ADDED.iterdir(), Path(__file__)]):
        about = path.stat()
        seen.update(f"{path.name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:16]
