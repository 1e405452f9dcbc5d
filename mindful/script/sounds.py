"""Checks of what is heard and shown: layers, files, voices, texts, and what this version cannot play yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from mindful.script import sound_headers
from mindful.script.codes import Code
from mindful.script.files import inside
from mindful.script.kinds.guide import LAYERS, VOICES
from mindful.script.model import Script
from mindful.script.nodes import Path
from mindful.script.patterns import bundled
from mindful.script.problems import Problem, near, quote
from mindful.script.teachers import LAYERS_MEANT
from mindful.script.tiers import RED_CAUTIONS, tier_of_script, tiers_of_steps
from mindful.script.unplayed import not_played_yet
from mindful.script.values import Text
from mindful.script.where import Where, all_steps

LONGEST_RECORDING_S, LONGEST_LAYER_S = 3600, 600
"""As in `mindful.audio`: what is longer is not played."""
_TONES = ("drone", "binaural", "isochronic")


def layers(script: Script, where: Where) -> Iterator[Problem]:
    """Each background is a bundled layer or a file beside the script."""
    named: list[tuple[Path, str]] = [(("settings", "background"), script.settings.background)]
    named += [((*p.body, "layer"), p.step.sound.layer) for p in all_steps(script) if p.step.sound is not None]
    for path, name in named:
        if name in LAYERS:
            continue
        if "." in name or "/" in name or "\\" in name:
            yield from _sound_file(where, path, name, LONGEST_LAYER_S, "silence is played instead")
            continue
        everyday = LAYERS_MEANT.get(name.strip().casefold(), "")
        meant = everyday or next(iter(near(name, LAYERS)), "") or next((w for w in LAYERS if w in name.casefold()), "")
        yield where.problem(
            Code.UNKNOWN_LAYER,
            path,
            f"{quote(name)} is not a background that is known",
            f"did you mean `{meant}`?" if meant else f"it is one of {', '.join(LAYERS)}, or a file",
        )


def recordings(script: Script, where: Where) -> Iterator[Problem]:
    """Each recording lies beside the script and can be played."""
    for placed in all_steps(script):
        path, say, learn = (*placed.body, "audio"), placed.step.say, placed.step.learn
        if say is not None and say.audio is not None:
            instead = "its words are spoken instead" if say.text is not None else "nothing is heard instead"
            yield from _sound_file(where, path, say.audio, LONGEST_RECORDING_S, instead)
        elif learn is not None and learn.audio is not None:
            yield from _sound_file(where, path, learn.audio, LONGEST_RECORDING_S, "its words are spoken instead")


def files(script: Script, where: Where) -> Iterator[Problem]:
    """A ladder or a questionnaire in a file of its own lies beside the script, too."""
    for placed in all_steps(script):
        step, named = placed.step, ("", "")
        if step.exposure is not None and isinstance(step.exposure.ladder, str):
            named = ("ladder", step.exposure.ladder)
        file = inside(where.folder, named[1]) if named[1] else None
        if isinstance(file, tuple):
            yield where.problem(file[0], (*placed.body, named[0]), f"{quote(named[1])}: {file[1]}", file[2])


def _sound_file(where: Where, path: Path, name: str, most_s: int, instead: str) -> Iterator[Problem]:
    """What can be told of a sound file from its header; the decoder's own complaints come when it is played."""
    file = inside(where.folder, name)
    if isinstance(file, tuple):
        yield where.problem(file[0], path, f"{quote(name)}: {file[1]}", file[2])
        return
    try:
        header = sound_headers.read(file)
    except OSError:
        message, hint = "this file cannot be opened", "see whether it is yours to read"
        yield where.problem(Code.UNPLAYABLE, path, f"{quote(name)}: {message}; {instead}", hint)
        return
    found = _unplayable(header, most_s)
    if found is not None:
        yield where.problem(Code.UNPLAYABLE, path, f"{quote(name)}: {found[0]}; {instead}", found[1])
    ending = file.suffix.casefold()
    if header.kind in sound_headers.KINDS and ending not in sound_headers.KINDS[header.kind]:
        right = PurePosixPath(name).with_suffix(sound_headers.KINDS[header.kind][0])
        message = f"{quote(name)} is a file of the kind {header.kind}, whatever its name says"
        yield where.problem(Code.FILE_ENDING, path, message, f"rename it, and write `{right}`")


def _unplayable(header: sound_headers.Header, most_s: int) -> tuple[str, str] | None:
    """Message and hint of what keeps a file from being heard whole."""
    again = "save or copy it once more from where it came"
    if header.empty:
        return "there is no sound in this file", again
    if header.kind == "m4a":
        return "m4a and mp4 files are not played here", "save it as wav, flac, ogg or mp3"
    if header.kind not in sound_headers.KINDS:
        return "this is not a sound file that is known", "save it as wav, flac, ogg or mp3"
    if header.seconds is not None and header.seconds > most_s:
        long, limit = round(header.seconds / 60), f"{most_s // 60} minutes"
        return (
            f"it lasts {long} minutes, and at most {limit} are played",
            "cut it into parts, each in a step of its own",
        )
    if header.cut_off:
        return "this file ends before its sound does", again
    return None


def voices(script: Script, where: Where) -> Iterator[Problem]:
    """A voice is one that is known; and where it is `none`, nothing is to be spoken."""
    yield from _unknown_voices(script, where)
    if script.settings.voice != "none":
        return
    hint = "write `voice: guide`, or let the breath be followed by `tones`"
    if script.settings.cues in ("voice", "both"):
        message = f"`cues: {script.settings.cues}` wants a voice, but `voice` is none"
        yield where.problem(Code.VOICE, ("settings", "cues"), message, hint)
    for placed in all_steps(script):
        breathe = placed.step.breathe
        if breathe is not None and breathe.cues in ("voice", "both"):
            message = f"`cues: {breathe.cues}` wants a voice, but the script's `voice` is none"
            yield where.problem(Code.VOICE, (*placed.body, "cues"), message, hint)
        if breathe is not None and breathe.speak not in (None, "never"):
            message = f"`speak: {breathe.speak}` wants a voice, but the script's `voice` is none"
            yield where.problem(Code.VOICE, (*placed.body, "speak"), message, hint)


def _unknown_voices(script: Script, where: Where) -> Iterator[Problem]:
    named: list[tuple[Path, str]] = [(("settings", "voice"), script.settings.voice)]
    named += [((*p.body, "voice"), p.step.say.voice) for p in all_steps(script) if p.step.say and p.step.say.voice]
    known = ("guide", "none", *VOICES)
    for path, name in named:
        if name not in known:
            meant = next(iter(near(name, known)), "")
            hint = f"did you mean `{meant}`?" if meant else f"it is one of {', '.join(known)}"
            message = f"{quote(name)} is not a voice that is known; the session's own speaks instead"
            yield where.problem(Code.UNKNOWN_VOICE, path, message, hint)


def languages(script: Script, where: Where) -> Iterator[Problem]:
    """A text in several languages has the script's own among them."""
    base = script.language.split("-")[0]
    for path, text in _texts(script):
        tags = [tag for tag, _ in text.languages]
        if tags != [""] and not any(tag.split("-")[0] == base for tag in tags):
            yield where.problem(
                Code.LANGUAGE,
                path,
                f"this text is not given in the script's language ({script.language})",
                f"add `{script.language}: …` to it, or write `language: {tags[0]}` at the top",
            )


def translations(script: Script, where: Where) -> Iterator[Problem]:
    """A script that is in several languages is so throughout."""
    texts = list(_texts(script))
    own = script.language.split("-")[0]
    spoken = {text: {tag.split("-")[0] or own for tag, _ in text.languages} for _, text in texts}
    everywhere = dict.fromkeys(tag for _, text in texts if len(spoken[text]) > 1 for tag in sorted(spoken[text]))
    for path, text in texts:
        missing = [tag for tag in everywhere if tag not in spoken[text]]
        if missing and own in spoken[text]:
            given = ", ".join(sorted(spoken[text]))
            yield where.problem(
                Code.TRANSLATION,
                path,
                f"this text is only in {given}, and other texts of this script are in {', '.join(missing)} too",
                f"give it in each language, such as `{{{own}: …, {missing[0]}: …}}`",
            )


def _texts(script: Script) -> Iterator[tuple[Path, Text]]:
    """Every text that a client reads or hears, and where it stands."""
    yield ("title",), script.title
    if script.summary:
        yield ("summary",), script.summary
    for placed in all_steps(script):
        yield from ((path, value) for path, value in placed.values if isinstance(value, Text))


def without_effect(script: Script, where: Where) -> Iterator[Problem]:
    """Fields that do nothing where they stand."""
    for placed in all_steps(script):
        step, body = placed.step, placed.body
        if step.sound is not None and step.sound.layer not in _TONES:
            for field in ("hz", "beat"):
                if getattr(step.sound, field) is not None:
                    message = f"`{field}` does nothing to {quote(step.sound.layer)}"
                    hint = f"it belongs to {', '.join(_TONES)}"
                    yield where.problem(Code.UNUSED_FIELD, (*body, field), message, hint, key=True)
        if step.say is not None and step.say.pause is not None and step.pause is not None:
            message = "this step has two pauses; the one inside `say` is not heard"
            yield where.problem(Code.UNUSED_FIELD, (*body, "pause"), message, "keep one of them", key=True)
        if step.sit is not None and step.sit.bells is not None and step.sit.for_ is not None:
            for i, at in enumerate(step.sit.bells.at):
                if at.ms is not None and step.sit.for_.ms is not None and at.ms > step.sit.for_.ms:
                    message = f"this bell comes after the end of the sit ({step.sit.for_.source})"
                    yield where.problem(Code.UNUSED_FIELD, (*body, "bells", "at", i), message, "choose an earlier time")
        if step.choose is not None and step.choose.id is None and not any(o.steps for o in step.choose.options):
            message = "whatever is chosen here, the session goes on the same"
            hint = "give an option `steps`, or give the question an `id` to refer to"
            yield where.problem(Code.UNUSED_FIELD, (*body, "options"), message, hint, key=True)


def options(script: Script, where: Where) -> Iterator[Problem]:
    """No two options of a question have the same words: the second could never be told from the first."""
    for placed in all_steps(script):
        step = placed.step
        lists: list[tuple[Path, list[Text]]] = []
        if step.choose is not None:
            lists.append(((*placed.body, "options"), [o.label for o in step.choose.options]))
        if step.ask is not None:
            lists.append(((*placed.body, "options"), list(step.ask.options)))
        for i, quiz in enumerate(step.learn.quiz if step.learn else ()):
            lists.append(((*placed.body, "quiz", i, "options"), list(quiz.options)))
            right = quiz.answer
            path = (*placed.body, "quiz", i, "answer")
            words = [w for option in quiz.options for _, w in option.languages]
            if isinstance(right, int) and str(right) in words and words.index(str(right)) != right - 1:
                message = f"it is not clear whether {right} is the option “{right}” or the option number {right}"
                hint = f'write the words of the right option in quotes, such as `answer: "{right}"`'
                yield where.problem(Code.OPTIONS, path, message, hint)
            elif isinstance(right, int) and not 1 <= right <= len(quiz.options):
                message = f"there is no option {right}; the options count from 1 to {len(quiz.options)}"
                yield where.problem(Code.OPTIONS, path, message, "write the number of the right option, or its words")
            elif isinstance(right, Text) and right not in quiz.options:
                message = f"{quote(right.source())} is not one of the options"
                yield where.problem(
                    Code.OPTIONS, path, message, "write the right option exactly as above, or its number"
                )
        for path, labels in lists:
            for i, label in enumerate(labels):
                if label in labels[:i]:
                    at = (*path, i, "label") if step.choose else (*path, i)
                    message = f"the option {quote(label.source())} is given twice"
                    yield where.problem(Code.OPTIONS, at, message, "give each option words of its own")


def conditions(script: Script, where: Where) -> Iterator[Problem]:
    """A condition that looks at nothing is always the same."""
    for placed in all_steps(script):
        condition = placed.step.if_
        if condition is not None and not condition.names:
            when = "always" if condition.holds({}) else "never"
            yield where.problem(
                Code.NEVER,
                (*placed.path, "if"),
                f"this condition looks at no variable and no answer: the step is {when} played",
                "compare an id, such as `before >= 60`, or delete the condition",
            )


def not_played(script: Script, where: Where) -> Iterator[Problem]:
    """Kinds and patterns that this version checks but cannot play."""
    for placed in all_steps(script):
        step = placed.step
        if not step.body.playable:
            yield where.problem(
                Code.NOT_PLAYED,
                placed.body,
                *not_played_yet(step.kind),
                key=True,
            )
        pattern = step.breathe.pattern if step.breathe else None
        known = bundled().get(pattern) if isinstance(pattern, str) and pattern not in script.patterns else None
        if known is not None and known.rounds:
            yield where.problem(
                Code.NOT_PLAYED,
                (*placed.body, "pattern"),
                f"the pattern {quote(pattern)} is done in rounds with open holds, which one `breathe` cannot hold",
                f"write `include: {known.name}` in place of this step: it plays the rounds, with what has to be said "
                "before them; or write them out: a `repeat` with `breathe`, a `wait` with `count: true`, and a breath "
                "to recover",
            )


def cautions(script: Script, where: Where) -> Iterator[Problem]:
    """A script with a strong practice says for whom it may not be right."""
    if script.cautions or tier_of_script(script) != "red":
        return
    first = next(placed for placed, tier in tiers_of_steps(script) if tier == "red")
    yield where.problem(
        Code.RED_WITHOUT_CAUTION,
        first.body,
        "this is a strong practice (very fast, or with long holds), and the script names no caution",
        f"write at the top `cautions: [{', '.join(RED_CAUTIONS)}]`",
        key=True,
    )
