"""The options that every command which plays has in common, and what they come to. Called by play, breathe and sit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mindful.cli import exits
from mindful.cli.host import Wishes
from mindful.cli.say import fail

if TYPE_CHECKING:
    from mindful.cli.sensing import Yoke

Command = TypeVar("Command", bound=Callable[..., Any])

SINKS = ("auto", "simpleaudio", "miniaudio", "null")


def playing(command: Command) -> Command:
    """The options of a command that plays; its function gets them as keywords, to be given to `wishes`."""
    for option in reversed(
        (
            click.option("--mute", is_flag=True, help="Without sound."),
            click.option("--voice", metavar="NAME", help="Who speaks the guidance: a voice's name, or none."),
            click.option("--aloud", is_flag=True, help="The voice reads pages, too."),
            click.option("--language", metavar="TAG", help="Of the words, such as de, where a session has it."),
            click.option("--plain", is_flag=True, help="As timed lines: for screen readers and simple terminals."),
            click.option("--calm", is_flag=True, help="Words and a bar instead of movement."),
            click.option(
                "--sink", metavar="NAME", default="auto", help="What carries the sound: auto, simpleaudio, miniaudio, "
                "null, or file:PATH for a WAV file."
            ),
            click.option("--sink-file", metavar="PATH", help="The same as --sink file:PATH."),
            click.option("--acknowledge", is_flag=True, help="For an intense session: you read its cautions and it is "
                         "right for you today."),
            click.option("--ease", metavar="LEVEL", type=click.IntRange(0, 6), help="Begin with shorter, gentler "
                         "breaths: 1 is a fifth shorter, 2 has no holds."),
            click.option("--felt", metavar="1-5", type=click.Choice((*"12345", "skip")), help="How it was, 1 rough to "
                         "5 very good, which plain lines ask afterwards; skip asks nothing."),
            click.option("--sensor", metavar="NAME", default="", help="The strap or headset, as mindful devices names "
                         "it. simulated: a made-up one, which is said."),
            click.option("--keep-raw", is_flag=True, help="Keep every sample of the sensor beside the record."),
            click.option("--sham", metavar="SEED", type=click.IntRange(0, 2**31 - 1), help="For research: feedback by "
                         "chance. The record says so."),
            click.option("--yoked", metavar="RECORD", default="", help="For research: the feedback of another record "
                         "of the journal. The record says so."),
            click.option("--no-journal", is_flag=True, help="Without a record of this session."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def asked_before() -> str | None:
    """The language that was asked for before the command: `mindful --language de play settle`."""
    context = click.get_current_context(silent=True)
    found = context.find_root().obj if context is not None else None
    return found if isinstance(found, str) else None


def wishes(
    *,
    mute: bool,
    voice: str | None,
    language: str | None,
    plain: bool,
    calm: bool,
    sink: str,
    sink_file: str | None,
    acknowledge: bool,
    ease: int | None = None,
    felt: str | None = None,
    no_journal: bool,
    aloud: bool = False,
    sensor: str = "",
    sham: int | None = None,
    yoked: str = "",
    keep_raw: bool = False,
) -> Wishes:
    """What these options come to; ends the command where the sink is none."""
    if sink_file is not None and sink in ("auto", "file"):
        sink = f"file:{sink_file}"
    kind, _, where = sink.partition(":")
    if kind == "file" and not where:
        fail(exits.USAGE, "--sink file wants a place: --sink file:PATH, or --sink-file PATH.")
    if sink not in SINKS and kind != "file":
        fail(exits.USAGE, f"--sink can be {', '.join(SINKS)} or file:PATH.")
    if yoked and sham is not None:
        fail(exits.USAGE, "Either --sham or --yoked.")
    if voice is not None:
        from mindful.cli.voices import chosen

        voice, _ = chosen(voice)
    return Wishes(
        mute=mute,
        sink=sink,
        calm=calm,
        acknowledged=acknowledge,
        ease=ease,
        felt=felt,
        sensor=sensor,
        sham=sham,
        yoked=_yoke(yoked) if yoked else None,
        keep_raw=keep_raw,
        keep=not no_journal,
        keep_voice=not no_journal,
        plain=plain,
        voice=voice,
        aloud=aloud,
        language=language or asked_before(),
    )


def _yoke(which: str) -> Yoke:
    from mindful.cli.sensing import yoke

    return yoke(which)
