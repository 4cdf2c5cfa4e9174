"""How bright colours are, and shades of them that can be read."""

from __future__ import annotations

from lingti.palette import BLACK, WHITE

READABLE = 4.5  # contrast of words, as WCAG asks for
_STEPS = 20


def readable_on(shade: list[float]) -> str:
    """Black or white, whichever stands out more: at least 4.5:1 from any shade."""
    return BLACK if _luminance(shade) > 0.179 else WHITE


def for_words(colour: str, ink: str, paper: str) -> str:
    """A colour with as much ink in it as makes words of it readable on a paper."""
    under = parts_of(paper)
    for step in range(_STEPS):
        shade = [round(part) for part in mixed(ink, colour, step / _STEPS)]
        if _contrast(shade, under) >= READABLE:
            return "#" + "".join(f"{part:02X}" for part in shade)
    return ink


def mixed(colour: str, paper: str, share: float) -> list[float]:
    """What is seen of `share` of a colour on paper, both as #rrggbb."""
    pairs = zip(parts_of(colour), parts_of(paper), strict=True)
    return [one * share + other * (1 - share) for one, other in pairs]


def translucent(colour: str, share: float) -> str:
    return f"rgba({','.join(map(str, parts_of(colour)))},{share:.3f})"


def parts_of(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _contrast(colour: list[int], other: list[int]) -> float:
    low, high = sorted((_luminance(list(colour)), _luminance(list(other))))
    return (high + 0.05) / (low + 0.05)


def _luminance(shade: list[float]) -> float:
    """How bright a colour is, as WCAG counts it: 0 to 1."""
    linear = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in (part / 255 for part in shade)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
