"""What an exported page is drawn by."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from read import one_page
from read.settings import Settings


def test_the_script_needs_no_module_and_cannot_end_its_element() -> None:
    script = one_page.script()

    assert re.findall(r"^\s*(?:import|export)\b.*", script, re.MULTILINE) == []
    assert "</script" not in script.lower()
    assert "<!--" not in script


def test_what_a_module_imports_stands_before_it_and_once() -> None:
    script = one_page.script()
    defined = re.findall(r"^const (module_\w+) = \(\(\) => {$", script, re.MULTILINE)

    assert len(set(defined)) == len(defined)
    assert defined[-1] == "module_drawing"
    for used in re.finditer(r"^const {[^}]*} = (module_\w+);$", script, re.MULTILINE):
        assert f"const {used[1]} = (" in script[: used.start()]


def test_nobody_frames_it_unless_the_setting_names_them() -> None:
    sites = Settings(table="t", bucket="b", frame_ancestors="https://example.org https://*.example.net")

    assert "frame-ancestors 'none'" in one_page.policy(Settings(table="t", bucket="b").frame_ancestors)
    assert "frame-ancestors https://example.org https://*.example.net;" in one_page.policy(sites.frame_ancestors)


@pytest.mark.parametrize("wrong", ["", "*; script-src *", "https://a.example,https://b.example", "javascript:", "none"])
def test_a_setting_that_is_no_list_of_sites_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError, match="frame_ancestors"):
        Settings(table="t", bucket="b", frame_ancestors=wrong)
