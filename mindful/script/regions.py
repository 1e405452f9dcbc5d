"""The parts of the body that a script can name, and how each is spoken of, in English.

`REGIONS` serves `scan` and is also understood in `relax`; `MUSCLES` and `GROUPS` are those of progressive muscle
relaxation: sixteen groups for learning it, then seven, then four (Bernstein & Borkovec 1973, Progressive Relaxation
Training). Called by the compilers of `mindful.timeline.body`, by checks, by the schema and by the reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIDED = {
    "toes": "the toes of the {side} foot",
    "foot": "the {side} foot",
    "sole": "the sole of the {side} foot",
    "heel": "the {side} heel",
    "ankle": "the {side} ankle",
    "lower-leg": "the {side} lower leg",
    "shin": "the {side} shin",
    "calf": "the {side} calf",
    "knee": "the {side} knee",
    "thigh": "the {side} thigh",
    "leg": "the whole of the {side} leg",
    "hip": "the {side} hip",
    "shoulder": "the {side} shoulder",
    "upper-arm": "the {side} upper arm",
    "elbow": "the {side} elbow",
    "forearm": "the {side} forearm",
    "wrist": "the {side} wrist",
    "hand": "the {side} hand",
    "palm": "the palm of the {side} hand",
    "fingers": "the fingers of the {side} hand",
    "thumb": "the {side} thumb",
    "arm": "the whole of the {side} arm",
}
REGIONS: dict[str, str] = {
    **{f"{side}-{name}": words.format(side=side) for name, words in _SIDED.items() for side in ("left", "right")},
    "toes": "the toes of both feet",
    "feet": "both feet",
    "soles": "the soles of both feet",
    "heels": "both heels",
    "ankles": "both ankles",
    "lower-legs": "both lower legs",
    "shins": "both shins",
    "calves": "both calves",
    "knees": "both knees",
    "thighs": "both thighs",
    "legs": "both legs",
    "hips": "the hips",
    "pelvis": "the pelvis",
    "seat": "the seat, where it is carried",
    "lower-back": "the lower back",
    "upper-back": "the upper back",
    "back": "the whole of the back",
    "spine": "the spine, all the way up",
    "belly": "the belly",
    "ribs": "the ribs",
    "chest": "the chest",
    "heart": "the space around the heart",
    "breath": "the breath, wherever you feel it",
    "shoulders": "both shoulders",
    "upper-arms": "both upper arms",
    "elbows": "both elbows",
    "forearms": "both forearms",
    "wrists": "both wrists",
    "hands": "both hands",
    "palms": "the palms of both hands",
    "fingers": "the fingers of both hands",
    "arms": "both arms",
    "neck": "the neck",
    "throat": "the throat",
    "jaw": "the jaw",
    "mouth": "the mouth",
    "tongue": "the tongue",
    "cheeks": "the cheeks",
    "nose": "the nose",
    "eyes": "the eyes, and the skin around them",
    "ears": "the ears",
    "forehead": "the forehead",
    "face": "the whole of the face",
    "scalp": "the scalp",
    "crown": "the crown of the head",
    "head": "the whole of the head",
    "upper-body": "the whole of the upper body",
    "lower-body": "the whole of the lower body",
    "whole-body": "the whole body",
}
"""By name, what is put into a sentence for `{region}`."""

WHOLE_BODY = (
    *("left-foot", "left-leg", "right-foot", "right-leg", "pelvis", "belly", "back"),
    *("chest", "hands", "arms", "shoulders", "neck", "face", "whole-body"),
)
"""Where a `scan` goes that names no regions, from the feet; from the head it is the other way, the whole body last."""


@dataclass(frozen=True, slots=True)
class Muscle:
    """A group of muscles, and how it is tensed. No teeth are clenched, and feet are tensed lightly: they cramp."""

    name: str
    how: str


MUSCLES: dict[str, Muscle] = {
    "right-hand": Muscle("the right hand and forearm", "make a fist"),
    "right-upper-arm": Muscle("the right upper arm", "press your elbow in to your side"),
    "left-hand": Muscle("the left hand and forearm", "make a fist"),
    "left-upper-arm": Muscle("the left upper arm", "press your elbow in to your side"),
    "forehead": Muscle("the forehead", "lift your eyebrows"),
    "eyes": Muscle("the eyes and the nose", "close your eyes firmly and wrinkle your nose"),
    "jaw": Muscle("the mouth and the jaw", "press your lips together and draw back their corners"),
    "neck": Muscle("the neck", "draw your chin in a little, or press your head lightly back"),
    "chest": Muscle("the chest, the shoulders and the upper back", "draw your shoulder blades together"),
    "belly": Muscle("the belly", "make your belly firm"),
    "right-thigh": Muscle("the right thigh", "make your thigh firm"),
    "right-calf": Muscle("the right lower leg", "draw your toes up towards you"),
    "right-foot": Muscle("the right foot", "curl your toes, only lightly"),
    "left-thigh": Muscle("the left thigh", "make your thigh firm"),
    "left-calf": Muscle("the left lower leg", "draw your toes up towards you"),
    "left-foot": Muscle("the left foot", "curl your toes, only lightly"),
    "right-arm": Muscle("the right arm and hand", "make a fist and bend your elbow a little"),
    "left-arm": Muscle("the left arm and hand", "make a fist and bend your elbow a little"),
    "face": Muscle("the whole of the face", "draw all of it together, towards your nose"),
    "trunk": Muscle(
        "the chest, the shoulders, the back and the belly",
        "draw your shoulder blades together and make your belly firm",
    ),
    "right-leg": Muscle("the right leg and foot", "make your thigh firm and draw your toes up"),
    "left-leg": Muscle("the left leg and foot", "make your thigh firm and draw your toes up"),
    "arms": Muscle("both arms and hands", "make two fists and bend your elbows a little"),
    "face-and-neck": Muscle("the face and the neck", "draw your face together and your chin in a little"),
    "legs": Muscle("both legs and feet", "make your thighs firm and draw your toes up"),
    # In none of the three courses; those who write a short list of their own name them first.
    "hands": Muscle("both hands and forearms", "make two fists"),
    "shoulders": Muscle("both shoulders", "lift them a little towards your ears"),
    "feet": Muscle("both feet", "curl your toes, only lightly"),
}
GROUPS: dict[int, tuple[str, ...]] = {
    16: (
        *("right-hand", "right-upper-arm", "left-hand", "left-upper-arm", "forehead", "eyes", "jaw", "neck"),
        *("chest", "belly", "right-thigh", "right-calf", "right-foot", "left-thigh", "left-calf", "left-foot"),
    ),
    7: ("right-arm", "left-arm", "face", "neck", "trunk", "right-leg", "left-leg"),
    4: ("arms", "face-and-neck", "trunk", "legs"),
}


def name_of(words: str) -> str:
    """The name that such words may be: `Left foot` and `left_foot` are `left-foot`."""
    return re.sub(r"[\s_]+", "-", words.strip().casefold())


def is_sentence(words: str) -> bool:
    """Whether words of an author are a whole sentence, to be said as they stand, or only name a place."""
    return words.rstrip(" \"”’')]").endswith((".", "!", "?", "…"))
