import re

from hypothesis import given
from hypothesis import strategies as st

from streamspace.kit import ids


class TestSessionName:
    @given(st.text(max_size=100), st.text(max_size=100))
    def test_is_a_dns_label_whatever_the_names(self, user: str, template: str) -> None:
        name = ids.session_name(user, template)
        assert re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", name)
        assert len(name) <= 63

    def test_ends_with_eight_hexadecimal_digits(self) -> None:
        assert re.fullmatch(r"mia-text-editor-[0-9a-f]{8}", ids.session_name("Mia", "text_editor"))
