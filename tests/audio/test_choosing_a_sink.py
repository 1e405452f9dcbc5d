"""Which sink is tried, in which order, and what a person is told about it."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from mindful.audio import choose
from mindful.audio.sinks.base import SinkError
from tests.audio.made import HandClock, MemorySink, sigh_session


def names(name: str) -> list[str]:
    return [w.name for w in choose.ways(name, HandClock())]


@pytest.mark.parametrize(
    ("installed", "want"),
    [
        ({"simpleaudio", "miniaudio"}, ["simpleaudio", "miniaudio"]),
        ({"miniaudio"}, ["miniaudio"]),
        (set(), []),
    ],
)
def test_auto_tries_what_is_installed_in_order(
    installed: set[str], want: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choose, "_installed", lambda m: m in installed)
    monkeypatch.setattr(choose, "DEVICES", ("simpleaudio", "miniaudio"))
    assert names("auto") == want
    monkeypatch.setattr(choose, "DEVICES", ("miniaudio", "simpleaudio"))
    assert names("auto") == want[::-1]


def test_the_order_is_that_of_the_system() -> None:
    first = "simpleaudio" if sys.platform.startswith("linux") else "miniaudio"
    assert choose.DEVICES[0] == first


def test_a_named_sink_is_the_only_one() -> None:
    for name in ("simpleaudio", "miniaudio", "null"):
        assert names(name) == [name]
        assert choose.ways(name, HandClock())[0].make().name == name
    assert names("file:out.wav") == ["file"]
    assert choose.ways("file:a:b.wav", HandClock())[0].make()._path.name == "a:b.wav"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["", "loud", "file", "file:", "null:x", "auto ", "simpleaudio:1"])
def test_an_unknown_name_lists_the_known_ones(name: str) -> None:
    with pytest.raises(ValueError, match="simpleaudio"):
        choose.open_speaker(name, clock=HandClock())


def test_opening_a_speaker_touches_nothing_before_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    speaker = choose.open_speaker("auto", clock=HandClock())
    assert (speaker.sink, speaker.clock, speaker.underruns) == ("", "monotonic", 0)
    assert speaker.chosen == "not opened yet"
    assert speaker.position(1.0) == 0.0
    speaker.close()


def test_what_was_chosen_and_why_not_the_first() -> None:
    clock = HandClock()
    t = choose.open_speaker("null", clock=clock)
    t._opening.ways = (
        choose.ways("null", clock)[0].__class__("first", lambda: MemorySink(clock, fails=True)),
        choose.ways("null", clock)[0],
    )
    t._threaded = False
    t.start(sigh_session(1))
    t.open_now()
    t.work()
    assert t.chosen == "null (asked for); first: there is none"


def test_doctor_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "_installed", lambda m: False)
    found = {i.name: i for i in choose.available()}
    assert list(found)[-2:] == ["null", "file"]
    assert not found["simpleaudio"].usable and "mindful-sessions[simpleaudio]" in found["simpleaudio"].why
    assert not found["miniaudio"].usable and found["miniaudio"].provided_by == ""
    assert found["null"].usable and found["file"].usable


def test_doctor_is_told_what_opens_and_who_provides_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fine:
        backend = "made up"
        opened = closed = 0

        def open(self) -> None:
            Fine.opened += 1

        def close(self) -> None:
            Fine.closed += 1

    class Absent(Fine):
        def open(self) -> None:
            raise SinkError("no sound device (-2)")

    from mindful.audio.opening import Way

    monkeypatch.setattr(choose, "_installed", lambda m: True)
    monkeypatch.setattr(choose, "_provider", lambda m: f"{m}-dist 1.0")
    monkeypatch.setattr(
        choose,
        "ways",
        lambda n, clock: [Way(n, Fine if n == "miniaudio" else Absent)],  # type: ignore[arg-type]
    )
    found = {i.name: i for i in choose.available()}
    assert found["miniaudio"].usable and "made up" in found["miniaudio"].why
    assert found["miniaudio"].provided_by == "miniaudio-dist 1.0"
    assert not found["simpleaudio"].usable and found["simpleaudio"].why == "no sound device (-2)"
    assert (Fine.opened, Fine.closed) == (1, 1)
    assert all(i.usable for i in choose.available(probe=False))
    assert Fine.opened == 1


def test_provider_names_the_distribution() -> None:
    assert choose._provider("numpy").startswith("numpy ")
    assert choose._provider("no_such_module") == ""
    assert not choose._installed("no_such_module.inner")


def test_looking_around_costs_no_numpy_and_no_device() -> None:
    code = """
        import sys
        import mindful.audio, mindful.audio.choose as choose, mindful.audio.stderr
        choose.available(probe=False)
        heavy = {"numpy", "miniaudio", "simpleaudio", "textual"} & set(sys.modules)
        assert not heavy, heavy
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, timeout=60)
