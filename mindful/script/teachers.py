"""What a person may have meant: words that many write for a key of the format, and lengths of time as people say them.

`mindful.script.validate` asks here before it says that it does not know something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mindful.script.problems import near
from mindful.script.values import parse_ms

MEANT: dict[str, str] = {
    "name": "title",
    "version": "mindful",
    "description": "summary",
    "about": "summary",
    "licence": "license",
    "warnings": "cautions",
    "contraindications": "cautions",
    "caution": "cautions",
    "lang": "language",
    "session": "steps",
    "exercise": "steps",
    "content": "steps",
    "keywords": "tags",
    "duration": "for",
    "length": "for",
    "time": "for",
    "minutes": "for",
    "seconds": "for",
    "breaths": "cycles",
    "count": "cycles",
    "rounds": "cycles",
    "repetitions": "times",
    "volume": "level",
    "loudness": "level",
    "question": "ask",
    "prompt": "ask",
    "wait": "pause",
    "condition": "if",
    "when": "if",
    "interval": "every",
    "comment": "note",
    "music": "background",
    "breath_in": "inhale",
    "in": "inhale",
    "out": "exhale",
    "breathe_in": "inhale",
    "breathe_out": "exhale",
    "unit": "scale",
    "variables": "with",
    "file": "script",
}
"""A word of everyday speech and the key of the format; it counts only where that key exists."""

KINDS_MEANT: dict[str, str] = {
    "speak": "say",
    "text": "learn",
    "page": "learn",
    "article": "learn",
    "talk": "say",
    "voice": "say",
    "silence": "sit",
    "meditate": "sit",
    "meditation": "sit",
    "stillness": "sit",
    "gong": "bell",
    "chime": "bell",
    "bowl": "bell",
    "music": "sound",
    "background": "sound",
    "breath": "breathe",
    "breathing": "breathe",
    "inhale": "breathe",
    "exhale": "breathe",
    "question": "ask",
    "rating": "rate",
    "scale": "rate",
    "loop": "repeat",
    "read": "learn",
    "body_scan": "scan",
    "bodyscan": "scan",
    "pmr": "relax",
    "stretching": "move",
    "option": "choose",
    "options": "choose",
    "continue": "wait",
}
"""A word of everyday speech and the kind of step that does it."""

CAUTIONS_MEANT: dict[str, str] = {
    "anxiety": "panic", "anxious": "panic", "panic attacks": "panic", "panic disorder": "panic",
    "ptsd": "trauma", "flashbacks": "trauma", "dissociation": "trauma", "abuse": "trauma",
    "heart disease": "heart", "cardiac": "heart", "cardiovascular": "heart", "arrhythmia": "heart", "angina": "heart",
    "hypertension": "blood-pressure", "hypotension": "blood-pressure", "pregnant": "pregnancy",
    "seizures": "epilepsy", "seizure": "epilepsy", "lung disease": "copd", "emphysema": "copd", "lungs": "copd",
    "schizophrenia": "psychosis", "psychotic": "psychosis", "hallucinations": "psychosis", "mania": "psychosis",
    "eye pressure": "glaucoma", "eyes": "glaucoma", "operation": "surgery", "recent surgery": "surgery",
    "back pain": "pain", "chronic pain": "pain", "injuries": "injury", "tinnitus": "ear", "ears": "ear",
    "drowsiness": "sleepiness", "driving": "sleepiness", "sleepy": "sleepiness",
    "depression": "other", "dizziness": "other", "fainting": "other", "migraine": "other", "stroke": "other",
}  # fmt: skip
"""A word for a condition, and the caution of the fixed list that covers it."""

SCALES_MEANT: dict[str, str] = {
    "percent": "suds", "distress": "suds", "anxiety": "suds", "tension": "suds", "fear": "suds", "panic": "suds",
    "sadness": "mood", "feeling": "mood", "craving": "urge", "tiredness": "energy", "relaxation": "calm",
}  # fmt: skip
"""What is to be rated, as it is called, and the scale that is for it."""

LAYERS_MEANT: dict[str, str] = {
    "waves": "ocean", "sea": "ocean", "surf": "ocean", "beach": "ocean", "water": "stream", "river": "stream",
    "brook": "stream", "creek": "stream", "storm": "rain", "breeze": "wind", "white noise": "pink-noise",
    "white-noise": "pink-noise", "noise": "pink-noise", "none": "silence", "off": "silence", "quiet": "silence",
    "hum": "drone",
}  # fmt: skip
"""A background as it is called, and the layer that comes nearest."""

CHOICES_MEANT: dict[str, dict[str, str]] = {
    "bell": {
        "singing bowl": "bowl", "singing-bowl": "bowl", "tibetan bowl": "bowl", "chimes": "chime", "ding": "chime",
        "tingsha": "chime", "woodblock": "wood", "wood block": "wood", "knock": "wood",
    },
    "eyes": {"shut": "closed", "close": "closed", "both": "either", "any": "either", "opened": "open"},
    "cues": {"spoken": "voice", "words": "voice", "sound": "tones", "sounds": "tones", "off": "none", "silent": "none"},
}  # fmt: skip
"""By the field: a value as it is called, and the one of the format."""

LANGUAGES_MEANT: dict[str, str] = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "francais": "fr",
    "spanish": "es", "español": "es", "espanol": "es", "italian": "it", "italiano": "it", "dutch": "nl",
    "nederlands": "nl", "portuguese": "pt", "português": "pt", "polish": "pl", "polski": "pl", "danish": "da",
    "dansk": "da", "swedish": "sv", "svenska": "sv", "norwegian": "no", "norsk": "no", "finnish": "fi", "suomi": "fi",
    "czech": "cs", "turkish": "tr", "japanese": "ja", "chinese": "zh", "en_us": "en-US", "en_gb": "en-GB",
    "de_de": "de-DE", "de_at": "de-AT", "de_ch": "de-CH", "pt_br": "pt-BR",
}  # fmt: skip
"""A language as it is called, and its tag."""

PATTERNS_MEANT: dict[str, str] = {
    "coherence": "coherent", "heart coherence": "coherent", "resonance": "resonant", "square": "box", "tactical": "box",
    "physiological sigh": "cyclic-sigh", "sigh": "cyclic-sigh", "sighing": "cyclic-sigh", "478": "4-7-8",
    "nadi shodhana": "alternate-nostril", "nostril": "alternate-nostril", "humming": "bhramari", "bee": "bhramari",
    "belly": "diaphragmatic", "abdominal": "diaphragmatic", "diaphragm": "diaphragmatic", "bocks": "box",
    "extended exhale": "long-exhale", "longer exhale": "long-exhale", "sama vritti": "equal", "even": "equal",
    "slowly": "long-exhale", "gently": "long-exhale", "calmly": "long-exhale", "deeply": "diaphragmatic",
    "pursed lips": "pursed-lip", "wim hof": "wim-hof-rounds", "4-4-4-4": "box",
}  # fmt: skip
"""A breathing exercise as it is called, and the bundled pattern that is it."""

_NUMBERS = {
    w: n
    for n, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"a": 1, "an": 1, "half a": 0.5, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60}
_UNIT = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(hours?|hrs?|std|h|minuten|minutes?|mins?|m|sekunden?|seconds?|secs?|s|'|′|\"|″|″)?\s*", re.I
)


def duration_meant(source: str) -> str | None:
    """The length of time as the format writes it, for `5 mins`, `5m30`, `five minutes`, `2,5 min`; None if unclear."""
    text = source.strip().strip("?!.~“”‘’").casefold()
    text = re.sub(r"(\d+)\s*/\s*([1-9]\d?)", lambda m: f"{int(m[1]) / int(m[2]):g}", text)
    text = re.sub(r"^(\d+(?:[.,]\d+)?)\s*(?:-|–|to|bis)\s*\d+(?:[.,]\d+)?", r"\1", text)
    text = re.sub(r"^(about|ca\.?|approx\.?|around|for)\s+", "", text)
    for word, n in sorted(_NUMBERS.items(), key=lambda p: -len(p[0])):
        text = re.sub(rf"^{word}\b\s*(?=[a-z])", f"{n} ", text)
    text = re.sub(r"\s*(,|and|und|\+)\s+", " ", text)
    parts: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        m = _UNIT.match(text, at)
        if m is None or len(parts) == 3:
            return None
        unit = (m[2] or "").casefold()
        before = parts[-1][1] if parts else ""
        letter = {"'": "m", "′": "m", '"': "s", "″": "s"}.get(unit, unit[:1])
        if not letter:
            letter = {"h": "m", "m": "s"}.get(before, "")
        parts.append((m[1].replace(",", "."), letter))
        at = m.end()
    names = {"h": "h", "m": "min", "s": "s"}
    if not parts or any(letter not in names for _, letter in parts):
        return None
    out = " ".join(f"{n} {names[letter]}" for n, letter in parts)
    return out if parse_ms(out) else None


def number_meant(source: object) -> str | None:
    """The number in `5,5`, `four` or `4 counts`, as the format writes it; None where there is none."""
    text = str(source).strip().casefold()
    if m := re.search(r"-?\d+(?:[.,]\d+)?", text):
        return m[0].replace(",", ".")
    word = next((n for w, n in _NUMBERS.items() if re.match(rf"{w}\b", text)), None)
    return None if word is None else f"{word:g}"


def pattern_meant(source: str, names: Iterable[str] = ()) -> str | None:
    """What to write after `pattern:` for `Box Breathing`, `4-4-6` or `in 4, out 6`; None where nothing is plain."""
    text = re.sub(r"\s+(breathing|breath|breaths|pattern)$", "", source.strip().casefold())
    everyday = PATTERNS_MEANT.get(text.replace("-", " "), PATTERNS_MEANT.get(text))
    if everyday:
        return everyday
    if re.fullmatch(r"\d+(\.\d+)?([-:/ ]\d+(\.\d+)?){1,3}", text):
        numbers = re.findall(r"\d+(?:\.\d+)?", text)
        phases = {2: ("inhale", "exhale"), 3: ("inhale", "hold", "exhale"), 4: ("inhale", "hold", "exhale", "rest")}
        return "{" + ", ".join(f"{p}: {n}" for p, n in zip(phases[len(numbers)], numbers, strict=True)) + "}"
    return _phases_meant(text) or next(iter(near(text, names)), None)


def _phases_meant(text: str) -> str | None:
    found: list[str] = []
    for word, n in re.findall(r"\b(in|inhale|hold|out|exhale|rest|pause)\b\D*?(\d+(?:\.\d+)?)", text):
        phase = {"in": "inhale", "out": "exhale", "pause": "hold"}.get(word, word)
        if phase == "hold" and any(f.startswith("exhale") for f in found):
            phase = "rest"
        found.append(f"{phase}: {n}")
    return (
        "{" + ", ".join(found) + "}" if len(found) > 1 and len({f.split(":")[0] for f in found}) == len(found) else None
    )


def length_in(source: str) -> tuple[str, str | None]:
    """What is left of `box, 1 min` or `box for five minutes`, and the length of time in it."""
    m = re.match(r"(.+?)(?:,|\s+for|\s)\s*((?:\d|a |one|two|three|five|ten)[\w .,]*)$", source.strip(), re.I)
    meant = duration_meant(m[2]) if m else None
    return (m[1].strip(" ,"), meant) if m and meant else (source, None)
