"""The colours of every theme, in true colour and in the colours that a terminal of 256 has. Data; `theme` uses it.

A test computes for each the contrast of its words (WCAG 2: at least 4.5, in `contrast` 7), and how far apart colours
that mean something stay for eyes without red or green cones.
"""

from __future__ import annotations

KEYS = (
    *("ground", "raised", "picked", "text", "dim", "accent", "warm", "care"),
    *("decor", "disc", "ring", "held", "soft"),
)
"""What a palette has a colour for: three grounds, words, lines; a figure, its rim, a held breath, its quiet parts."""


def _row(colours: str) -> dict[str, str]:
    return {key: f"#{colour}" for key, colour in zip(KEYS, colours.split(), strict=True)}


PALETTES: dict[str, dict[str, dict[str, str]]] = {
    "dark": {
        "true": _row("191613 24201c 322b25 e9dfd2 a99d8f 94c4b2 dcae7c e59a86 4a423a 86b8a6 3f3a33 c79a68 3d4f48"),
        "256": _row("1c1c1c 262626 303030 e4e4e4 a8a8a8 87afaf d7af87 d78787 4e4e4e 87afaf 3a3a3a af875f 444444"),
    },
    "light": {
        "true": _row("f6f1e8 ece4d6 e2d8c8 2e2822 62584c 23604f 7d4a12 93331f b9ac9a 37745f ddd3c2 a5621f b4c9bd"),
        "256": _row("eeeeee e4e4e4 dadada 262626 585858 005f5f 875f00 870000 a8a8a8 005f5f d0d0d0 af5f00 87afaf"),
    },
    "contrast": {
        "true": _row("000000 161616 262626 ffffff d0d0d0 6cdfff ffd75f ffb38a 8a8a8a 6cdfff 6a6a6a ffd75f 4f6f78"),
        "256": _row("000000 121212 262626 ffffff d0d0d0 5fd7ff ffd75f ffaf87 8a8a8a 5fd7ff 6c6c6c ffd75f 5f8787"),
    },
    "colour-blind": {
        "true": _row("15171a 1f2226 2b2f35 e6e8ea a2a8ae 7db8ee f0b64a f7dfb6 454b52 6aa8e0 3a3f45 e0a030 2f4a63"),
        "256": _row("1c1c1c 262626 303030 e4e4e4 a8a8a8 87afd7 ffaf00 ffd7af 4e4e4e 5fafd7 3a3a3a d78700 444444"),
    },
    "night": {
        "true": _row("0d0a08 14100d 1b1511 b39d86 917c67 93a184 b98a50 c28a74 33291f 76816a 2a221a 9a6a34 272a20"),
        "256": _row("080808 121212 1c1c1c afaf87 87875f 87af87 af875f af8787 303030 5f8787 262626 af875f 303030"),
    },
    "night-colour-blind": {
        "true": _row("0b0c0e 121417 191c20 a3a8ad 858b91 6c9fce bb8d38 c4ad86 2c3136 557fa6 24282d a87820 1e2d3b"),
        "256": _row("080808 121212 1c1c1c a8a8a8 8a8a8a 5f87af af8700 d7af87 303030 5f87af 262626 af8700 303030"),
    },
}

NIGHTS = {"dark": "night", "light": "night", "colour-blind": "night-colour-blind"}
"""What stands for a theme at night. High contrast stays as it is: who needs it needs it then too."""
