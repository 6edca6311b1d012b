"""Text on primary buttons reads in both themes (WCAG 2.1, 1.4.3: at least 4.5), as the config declares them."""

import re
import tomllib
from pathlib import Path

import pytest

from pages._parts.plain import plain
from pages._parts.theme import on_primary

ROOT = Path(__file__).resolve().parents[2]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_text_of_a_primary_button_reads_on_it(theme):
    colours = THEME[theme]
    assert contrast(colours["violetTextColor"], colours["primaryColor"]) >= 4.5
    assert contrast(colours["linkColor"], colours["backgroundColor"]) >= 4.5


def test_every_primary_button_has_that_text():
    calls = [line for file in (ROOT / "pages").rglob("*.py") for line in file.read_text(encoding="utf-8").splitlines() if 'type="primary"' in line]
    assert calls
    assert all(re.search(r"on_primary\(", line) for line in calls)


def test_a_label_on_a_primary_button_cannot_be_markup():
    assert on_primary("[a](http://evil.example/x.png)") == f":violet[{plain('[a](http://evil.example/x.png)')}]"
