from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streamspace import manifests
from streamspace.manifests import Document
from streamspace.manifests.reading import MOST_FINDINGS
from streamspace.manifests.writing import write
from tests.manifests.hostile import GOOD

FORMATS = Path(__file__).parent / "formats"
CATALOG = sorted((Path(__file__).parents[2] / "catalog/templates").rglob("*.yaml"))
PUBLIC = ["upstream.yaml", "legacy.yaml", "webapp.yaml"]


@pytest.mark.parametrize("path", CATALOG, ids=lambda path: path.stem)
def test_nothing_is_to_be_said_of_the_official_catalog(path: Path) -> None:
    reading = manifests.read(path.read_bytes())
    assert reading.manifest is not None
    assert not (*reading.findings, *manifests.danger(reading))


class TestPublicFormats:
    @pytest.mark.parametrize("name", PUBLIC)
    def test_are_taken_unchanged(self, name: str) -> None:
        reading = manifests.read((FORMATS / name).read_bytes(), name)
        assert reading.manifest is not None
        assert not manifests.errors((*reading.findings, *manifests.danger(reading)))

    @pytest.mark.parametrize("name", PUBLIC)
    def test_lose_nothing_in_a_round_trip(self, name: str) -> None:
        first = manifests.read((FORMATS / name).read_bytes())
        second = manifests.read(write(first.raw).encode())
        assert second.raw == first.raw
        assert second.manifest == first.manifest

    def test_an_older_section_of_linuxserver_means_their_contract(self) -> None:
        reading = manifests.read((FORMATS / "legacy.yaml").read_bytes())
        assert reading.manifest is not None
        spec = reading.manifest.spec
        assert (spec.streaming_protocol, spec.image_contract) == ("http", "linuxserver")
        assert spec.ports[0].container_port == 3000
        assert {finding.path: finding.code for finding in reading.findings} == {
            "spec.kasmvnc": "legacy_section",
            "spec.vnc": "legacy_section",
        }

    def test_an_older_web_application_brings_its_port(self) -> None:
        reading = manifests.read((FORMATS / "webapp.yaml").read_bytes())
        assert reading.manifest is not None
        spec = reading.manifest.spec
        assert (spec.streaming_protocol, spec.app_type) == ("http", "webapp")
        assert [port.container_port for port in spec.ports] == [8888]

    def test_a_vnc_section_means_vnc_unless_the_template_says_otherwise(self) -> None:
        section = "  vnc: {enabled: true, port: 5900}\n"
        plain = manifests.read((GOOD + section).encode())
        said = manifests.read((GOOD + section + "  streamingProtocol: selkies\n").encode())
        assert plain.manifest is not None
        assert said.manifest is not None
        assert plain.manifest.spec.streaming_protocol == "vnc"
        assert said.manifest.spec.streaming_protocol == "selkies"


class TestFindings:
    def test_unknown_fields_are_warned_of_and_kept(self) -> None:
        reading = manifests.read((GOOD + "  shape: round\n  ports: [{containerPort: 80, nodePort: 1}]\n").encode())
        assert reading.manifest is not None
        found = [(finding.path, finding.line, finding.severity) for finding in reading.findings]
        assert found == [("spec.shape", 8, "warning"), ("spec.ports[0].nodePort", 9, "warning")]
        assert reading.raw["spec"]["shape"] == "round"

    def test_a_parameter_is_somebodys_own_word_and_its_fields_are_not(self) -> None:
        reading = manifests.read((GOOD + "  parameters: {colour: {type: string, shade: dark}}\n").encode())
        assert reading.manifest is not None
        assert [finding.path for finding in reading.findings] == ["spec.parameters.colour.shade"]

    def test_all_faults_are_told_at_once_errors_first(self) -> None:
        text = GOOD.replace("Paintbox", "5") + "  colour: red\n  ports: [{containerPort: 0}]\n  tags: blue\n"
        reading = manifests.read(text.encode())
        assert [(finding.path, finding.line) for finding in reading.findings] == [
            ("spec.displayName", 6),
            ("spec.ports[0].containerPort", 9),
            ("spec.tags", 10),
            ("spec.colour", 8),
        ]

    def test_a_reader_is_not_flooded(self) -> None:
        text = GOOD + "".join(f"  x{number}: 1\n" for number in range(500))
        findings = manifests.read(text.encode()).findings
        assert len(findings) == MOST_FINDINGS + 1
        assert findings[-1].message == "There are 400 more."

    def test_a_number_that_must_be_text_says_what_to_do(self) -> None:
        reading = manifests.read((GOOD + "  env: [{name: A, value: 8080}]\n").encode())
        assert str(reading.findings[0]) == "8:26: error: spec.env[0].value: It must be text: put 8080 in quotes."

    def test_keys_with_dots_are_quoted_in_paths(self) -> None:
        text = GOOD.replace("name: paintbox\n", "name: paintbox\n  labels: {app.kubernetes.io/name: 1}\n")
        assert manifests.read(text.encode()).findings[0].path == "metadata.labels['app.kubernetes.io/name']"

    def test_a_quoted_value_is_short_and_on_one_line(self) -> None:
        text = GOOD + '  ? "' + "x" * 500 + '\\n"\n  : 1\n'
        assert all(
            len(finding.message) < 120 and "\n" not in finding.message
            for finding in manifests.read(text.encode()).findings
        )

    def test_values_of_a_json_body_have_no_places(self) -> None:
        reading = manifests.validate(Document({"apiVersion": "stream.space/v1alpha1", "kind": "Template"}))
        assert {(finding.path, finding.line) for finding in reading.findings} == {("metadata", None), ("spec", None)}

    def test_a_json_body_keeps_to_the_same_bounds(self) -> None:
        value: dict[str, object] = {}
        for _ in range(100_000):
            value = {"a": value}
        reading = manifests.validate(Document({"spec": value}))
        assert [finding.code for finding in reading.findings] == ["too_deep"]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    reading = manifests.read(data)
    assert reading.manifest is None
    assert reading.findings
    manifests.danger(reading)


_WORDS = st.sampled_from(
    ["privileged", "ports", "env", "name", "value", "containerPort", "vnc", "port", "capabilities", "spec"]
)
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10) | _WORDS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(_WORDS, below, max_size=5),
    max_leaves=15,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["apiVersion", "kind", "metadata", "spec"]), _ANY) | _ANY)
def test_no_values_raise(value: object) -> None:
    reading = manifests.validate(Document(value))
    assert reading.findings
    assert (reading.manifest is None) == bool(manifests.errors(reading.findings))
    manifests.danger(reading)
