"""A small Debian archive: metadata as its generator writes them, a package's files, an archive of icons."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
from pathlib import Path

HEAD = """---
File: DEP-11
Version: '0.16'
Origin: debian-test-main
MediaBaseUrl: https://media.example/test
Time: 20260101T000000
"""
PAINTBOX = """---
Type: desktop-application
ID: org.example.PaintBox
Package: paintbox
Name:
  fr: Boîte à peinture
  C: Paint Box
  de: Malkasten
Summary:
  C: Draw pictures
  de: Bilder malen
  he: >-
    לצייר
Description:
  fr: >-
    <p>Il dessine.</p>
  C: >-
    <p>Draws &lt;pictures&gt;
    in colour.</p>

    <p>It has:</p>

    <ul>
      <li>pens</li>
      <li>brushes</li>
    </ul>
ProjectLicense: GPL-3.0+
Categories:
- Graphics
- 2DGraphics
- Network
Keywords:
  de:
  - malen
  C:
  - colour
  - brush
Url:
  homepage: https://paint.example/
  bugtracker: https://bugs.example/
Icon:
  cached:
  - name: paintbox_paintbox.png
    width: 64
    height: 64
  remote:
  - url: org/example/PaintBox/icons/48x48/a.png
    width: 48
    height: 48
  - url: org/example/PaintBox/icons/128x128/a b.png
    width: 128
    height: 128
  stock: paintbox
Launchable:
  desktop-id:
  - org.example.PaintBox.desktop
Provides:
  binaries:
  - paintbox
  mediatypes:
  - image/png
Screenshots:
- default: true
  caption:
    C: A picture
  thumbnails:
  - url: org/example/PaintBox/screenshots/1_224x126.png
    width: 224
    height: 126
    lang: C
  - url: org/example/PaintBox/screenshots/1_624x351.png
    width: 624
    height: 351
    lang: C
  source-image:
    url: org/example/PaintBox/screenshots/1_orig.png
    width: 1024
    height: 768
    lang: C
Releases:
- version: '1.0'
  type: stable
  unix-timestamp: 1600000000
"""
ADDON = """---
Type: addon
ID: paintbox-brushes
Package: paintbox-brushes
Name: {C: Brushes}
"""
CHESS = """---
Type: desktop-application
ID: chess.desktop
Package: deepchess
Name:
  C: Chess
Summary:
  C: Play chess
Categories:
- Game
- BoardGame
"""
NOTES = """---
Type: desktop-application
ID: org.example.Notes
Package: notes
Name:
  C: Notes
Summary:
  C: Write what you think of, and draw pictures beside it
Launchable:
  desktop-id:
  - ../../etc/passwd
  - notes.desktop
Provides:
  binaries: [notes, notes-sync]
"""
ENTRY = b"""[Desktop Entry]
Type=Application
Name=Paint Box
Name[de]=Farbkasten
Exec=paintbox --new %F
Icon=paintbox
Categories=Qt;KDE;Graphics;
"""


def metadata(folder: Path, *more: str, suffix: str = ".gz", head: str = HEAD) -> Path:
    """Write a metadata file, compressed as its name says."""
    text = "".join((head, PAINTBOX, ADDON, CHESS, NOTES, *more)).encode()
    path = folder / f"deb.example_debian_dists_test_main_dep11_Components-amd64.yml{suffix}"
    path.write_bytes({".gz": gzip.compress, ".xz": lzma.compress}.get(suffix, bytes)(text))
    return path


def tar(files: dict[str, bytes], *, links: dict[str, str] | None = None) -> bytes:
    """Return an uncompressed archive."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, target in (links or {}).items():
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, target
            archive.addfile(link)
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()
