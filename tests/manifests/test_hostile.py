import resource
import time

import pytest

from streamspace import manifests
from streamspace.manifests import Rules
from tests.manifests.hostile import DANGERS, FIELDS, GOOD, TEXTS

SECONDS = 5
MEGABYTES = 200


def test_the_corpus_is_what_the_issue_asks_for() -> None:
    assert len(TEXTS) + len(FIELDS) + len(DANGERS) >= 40


def test_what_they_are_made_from_is_good() -> None:
    reading = manifests.read(GOOD.encode())
    assert reading.manifest is not None
    assert not reading.findings
    assert not manifests.danger(reading)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_refused(name: str) -> None:
    code, data = TEXTS[name]
    began = time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    reading = manifests.read(data, name)

    assert reading.manifest is None
    assert [finding.code for finding in reading.findings] == [code]
    assert reading.findings[0].severity == "error"
    assert time.process_time() - began < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_refused_where_it_stands(name: str) -> None:
    code, path, data = FIELDS[name]

    reading = manifests.read(data, name)

    assert reading.manifest is None
    wrong = next(finding for finding in reading.findings if finding.code == code)
    assert (wrong.path, wrong.severity) == (path, "error")
    last = path.rpartition(".")[2].partition("[")[0]
    assert wrong.line is not None
    if path and code != "missing":
        assert last in data.decode().splitlines()[wrong.line - 1]


@pytest.mark.parametrize("name", DANGERS)
def test_a_danger_is_named(name: str) -> None:
    code, path, data = DANGERS[name]

    reading = manifests.read(data, name)
    found = manifests.danger(reading)

    assert (code, path, "error") in {(finding.code, finding.path, finding.severity) for finding in found}
    # Also where the field is one that we do not know at all.
    assert all(finding.line for finding in found)


@pytest.mark.parametrize(
    "name", ["privileges", "the host's network", "a folder of the host", "Docker's socket", "devices"]
)
def test_an_organisation_may_allow_privileges(name: str) -> None:
    reading = manifests.read(DANGERS[name][2])
    assert not manifests.errors(manifests.danger(reading, Rules(privileges=True)))


class TestImages:
    def _codes(self, image: str, rules: Rules) -> list[str]:
        reading = manifests.read(GOOD.replace("registry.example/paintbox:1.0", image).encode())
        return [finding.code for finding in manifests.danger(reading, rules)]

    @pytest.mark.parametrize(
        ("image", "pattern", "allowed"),
        [
            ("ghcr.io/acme/paint:1", "ghcr.io/acme", True),
            ("ghcr.io/acme-evil/paint:1", "ghcr.io/acme", False),
            ("ghcr.io.evil.example/acme/paint:1", "ghcr.io", False),
            ("GHCR.io/acme/paint:1", "ghcr.io", True),
            ("debian:12", "docker.io/library/*", True),
            ("acme/debian:12", "docker.io/library/*", False),
            ("localhost:5000/a:1", "localhost:5000", True),
        ],
    )
    def test_an_allow_list_is_of_whole_names(self, image: str, pattern: str, *, allowed: bool) -> None:
        assert ("image_not_allowed" not in self._codes(image, Rules(registries=(pattern,)))) is allowed

    def test_an_empty_allow_list_allows_none(self) -> None:
        assert self._codes("debian:12", Rules(registries=())) == ["image_not_allowed"]

    def test_a_pinned_image_has_a_digest(self) -> None:
        assert self._codes("debian:12", Rules(pinned=True)) == ["image_not_pinned"]
        assert not self._codes("debian:12@sha256:" + "a" * 64, Rules(pinned=True))
        assert self._codes("debian@sha256:" + "a" * 63, Rules()) == ["image"]

    @pytest.mark.parametrize(
        ("image", "moves"), [("debian", True), ("debian:latest", True), ("debian:12.1", False), ("x/y:nightly-3", True)]
    )
    def test_a_tag_that_moves_is_warned_of(self, image: str, *, moves: bool) -> None:
        assert ("moving_tag" in self._codes(image, Rules())) is moves


def test_somebodys_own_words_are_no_dangers() -> None:
    text = GOOD.replace("  name: paintbox\n", "  name: paintbox\n  labels: {privileged: 'true', devices: x}\n")
    assert not manifests.danger(manifests.read(text.encode()))


def test_a_secret_is_warned_of_and_a_switch_is_not() -> None:
    switch = "{name: SELKIES_ENABLE_BASIC_AUTH, value: 'false'}"
    env = f"  env: [{{name: DB_PASSWORD, value: hunter2}}, {switch}, {{name: TOKEN}}]\n"
    found = manifests.danger(manifests.read((GOOD + env).encode()))
    assert [(finding.code, finding.path, finding.severity) for finding in found] == [
        ("secret", "spec.env[0].name", "warning")
    ]
