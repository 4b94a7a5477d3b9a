"""Whatever a file holds, an importer answers; and what it makes is small, well-formed and free of dangers."""

import json
import random
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streamspace import manifests
from streamspace.manifests import importers
from streamspace.manifests.importers.drafts import MOST_LINES
from streamspace.manifests.writing import write
from tests.manifests.hostile import TEXTS

FORMATS = Path(__file__).parents[1] / "formats"
ROUNDS = 150
SECONDS = 20
DICTIONARY = [
    *(b"{", b"}", b"[", b"]", b":", b"\n", b"  ", b"- ", b'"', b"'", b"\\", b"%", b"$", b"${", b"&a ", b"*a", b"<<: "),
    *(b"!!python/name:os.system", b"\x00", b"\xff", b"1e999", b"9" * 50, b"null", b"true", b"../../etc/passwd"),
    *(b"image: ", b"services:\n", b"[Desktop Entry]\n", b"Exec=", b"docker run ", b"//", b"/*", b",", b"\xe2\x80\xae"),
    b"privileged: true\n",
]


def check(data: bytes, name: str, form: str) -> None:
    conversion = importers.convert(data, name, form)
    assert len(conversion.understood) <= MOST_LINES
    assert len(conversion.not_understood) <= MOST_LINES
    for manifest in conversion.manifests[:20]:
        reading = manifests.read(write(manifest).encode())
        errors = manifests.errors(manifests.danger(reading))
        if reading.manifest is None or errors:
            # A template may come out wrong, and then it is refused; only it may not slip through.
            assert manifests.errors((*reading.findings, *errors))


def mutated(data: bytes, dice: random.Random) -> bytes:
    text = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(text) + 1)
        match dice.randrange(4):
            case 0:
                text[at:at] = dice.choice(DICTIONARY)
            case 1:
                del text[at : at + dice.randrange(1, 40)]
            case 2:
                end = dice.randrange(at, len(text) + 1)
                text[at:at] = text[at : min(end, at + 200)]
            case _:
                text[at : at + 1] = bytes([dice.randrange(256)])
    return bytes(text)


@pytest.mark.parametrize("path", sorted(FORMATS.iterdir()), ids=lambda path: path.name)
def test_no_damage_to_a_file_raises(path: Path) -> None:
    dice = random.Random(path.name)  # noqa: S311 - the same each time
    data = path.read_bytes()
    form = importers.recognised(data, path.name)
    assert form is not None
    began = process_time()
    for _ in range(ROUNDS):
        check(mutated(data, dice), path.name, form)
        if process_time() - began > SECONDS:
            break


@pytest.mark.parametrize("form", importers.FORMATS)
@pytest.mark.parametrize("name", TEXTS)
def test_no_hostile_text_raises(form: str, name: str) -> None:
    check(TEXTS[name][1], "file", form)


@pytest.mark.parametrize("form", importers.FORMATS)
@settings(deadline=None, max_examples=50)
@given(data=st.binary(max_size=200))
def test_no_bytes_raise(form: str, data: bytes) -> None:
    check(data, "file", form)


_NAMES = """services image environment ports volumes deploy resources limits friendly_name name workspaces run_config
compatibility memory cores categories image_src data config repositories linuxserver features forwardPorts containerEnv
hostRequirements project_name"""
_KEYS = st.sampled_from(_NAMES.split())
_WORDS = st.sampled_from(["a/b:1", "3000:3000", "1g", "${A:-b}", "a=b", "https://a.example", "\ud7ff", "x" * 200])
_LEAVES = st.none() | st.booleans() | st.integers(-10, 2**62) | st.floats(allow_nan=False, allow_infinity=False)
_LEAVES = _LEAVES | _WORDS
_VALUES = st.recursive(
    _LEAVES, lambda below: st.lists(below, max_size=4) | st.dictionaries(_KEYS, below, max_size=6), max_leaves=25
)


@pytest.mark.parametrize("form", ["compose", "kasm", "linuxserver", "devcontainer"])
@settings(deadline=None, max_examples=40)
@given(value=st.dictionaries(_KEYS, _VALUES, max_size=6))
def test_no_values_raise(form: str, value: dict[str, object]) -> None:
    check(write(value).encode(), "file", form)
    check(json.dumps(value).encode(), "file", form)
