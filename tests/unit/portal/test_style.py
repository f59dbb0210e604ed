import re
from pathlib import Path

import pytest

import services.portal

STYLE = (Path(services.portal.__file__).parent / "static" / "arida.css").read_text(encoding="utf-8")
SCHEMES = dict(
    zip(("light", "dark"), re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2], strict=True)
)
READABLE = [
    ("ink", "ground"), ("ink", "surface"), ("ink", "sunken"), ("quiet", "ground"),
    ("quiet", "surface"), ("quiet", "sunken"), ("accent", "surface"), ("accent", "ground"),
    ("accent", "sunken"), ("on-accent", "accent"), ("accent-strong", "accent-soft"),
    ("good", "good-soft"), ("bad", "bad-soft"), ("bad", "surface"), ("warning", "warning-soft"),
    ("warning", "surface"), ("warning", "sunken"), ("waiting", "waiting-soft"),
    ("bad", "sunken"), ("ink", "waiting-soft"), ("ink", "warning-soft"),
]  # fmt: skip


def colour(scheme: str, name: str) -> str:
    found = re.search(rf"--{name}: #([0-9a-f]{{6}});", SCHEMES[scheme])
    assert found, name
    return found[1]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), READABLE)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    assert contrast(colour(scheme, text), colour(scheme, ground)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("mark", ["focus", "strong-line"])
def test_edges_and_focus_can_be_seen(scheme: str, mark: str) -> None:
    """WCAG 2.2, 1.4.11: at least 3 to 1."""
    assert contrast(colour(scheme, mark), colour(scheme, "surface")) >= 3


def test_the_style_sheet_turns_with_the_direction_of_the_page() -> None:
    """Physical sides would leave Arabic pages half turned."""
    physical = re.findall(r"(?:margin|padding|border)-(?:left|right)|[^-]\b(?:left|right):", STYLE)

    assert physical == []


def test_the_style_sheet_fetches_nothing() -> None:
    assert "url(" not in STYLE
    assert "@import" not in STYLE
