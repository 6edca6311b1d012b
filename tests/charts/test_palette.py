"""Colours that can be read, and told apart without colour vision."""

from itertools import combinations

import numpy as np
import pytest

from roi_core.charts import DARK, LIGHT, Palette, Tone

# Machado GM, Oliveira MM, Fernandes LAF (2009), IEEE TVCG 15:1291-1298, severity 1.0
SIGHTS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
GRADES = (Tone.TESTED, Tone.COMPARED, Tone.INDICATED)
SEEN_TOGETHER = [
    *combinations(GRADES, 2),
    (Tone.SUPPORTED, Tone.OTHER),
    (Tone.SUPPORTED, Tone.SHEET),
    (Tone.SUPPORTED, Tone.HARM),
    (Tone.COMPARED, Tone.CAUTION),
]
LEAST_DIFFERENCE = 10.0  # CIE 1976; a just noticeable difference is 2.3


def linear(colour):
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(a, b):
    """WCAG 2.2 contrast ratio."""
    lights = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) + 0.05 for c in (a, b))
    return lights[1] / lights[0]


def lab(light):
    xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]) @ np.clip(light, 0, 1)
    ratio = xyz / [0.95047, 1.0, 1.08883]
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(a, b, sight):
    seen = [lab(np.array(SIGHTS[sight]) @ linear(colour)) for colour in (a, b)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("tone", list(Tone))
def test_texts_can_be_read_on_page_and_furniture(palette: Palette, tone: Tone):
    assert contrast(palette.of_text(tone), palette.background) >= 4.5
    assert contrast(palette.of_text(tone), palette.surface) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("tone", list(Tone))
def test_shapes_stand_out_from_the_page(palette: Palette, tone: Tone):
    assert contrast(palette.of(tone), palette.background) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("sight", list(SIGHTS))
@pytest.mark.parametrize("pair", SEEN_TOGETHER, ids="-".join)
def test_colours_of_one_chart_differ_for_every_eye(palette: Palette, sight: str, pair):
    assert difference(palette.of(pair[0]), palette.of(pair[1]), sight) >= LEAST_DIFFERENCE


def test_a_red_and_a_green_of_equal_lightness_would_fail():
    assert difference("#B4432F", "#6F7020", "deuteranopia") < LEAST_DIFFERENCE
