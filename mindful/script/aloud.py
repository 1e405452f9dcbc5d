"""A script whose pages are read aloud, for a client who asks for it. Pure; called by the host for each session."""

from __future__ import annotations

from mindful.script.model import Script, Step


def read_aloud(script: Script) -> Script:
    """The same script with the voice reading each `learn`; the script itself where it has none to read."""
    steps, changed = _steps(script.steps)
    return script.model_copy(update={"steps": steps}) if changed else script


def _steps(steps: tuple[Step, ...]) -> tuple[tuple[Step, ...], bool]:
    made = tuple(map(_step, steps))
    changed = any(new is not old for new, old in zip(made, steps, strict=True))
    return (made if changed else steps), changed


def _step(step: Step) -> Step:
    if step.learn is not None and not step.learn.aloud and step.learn.audio is None:
        return step.model_copy(update={"learn": step.learn.model_copy(update={"aloud": True})})
    if step.repeat is not None:
        steps, changed = _steps(step.repeat.steps)
        return step.model_copy(update={"repeat": step.repeat.model_copy(update={"steps": steps})}) if changed else step
    if step.choose is not None:
        each = [(option, *_steps(option.steps)) for option in step.choose.options]
        if any(changed for _, _, changed in each):
            options = tuple(o.model_copy(update={"steps": s}) if changed else o for o, s, changed in each)
            return step.model_copy(update={"choose": step.choose.model_copy(update={"options": options})})
    return step
