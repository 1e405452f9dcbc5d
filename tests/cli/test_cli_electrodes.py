"""The look at the electrodes in plain lines: told when it changes, over when they sit, left at any time."""

from __future__ import annotations

from collections.abc import Iterator

from mindful.cli.electrodes import plainly
from mindful.plain.keyboard import Heard, NoMore, Suspended, Told, Typed
from tests.player.test_checking import Hands


class Fingers:
    """What is typed while the headset is worn; each wait is a tenth of a second on the head."""

    def __init__(self, hands: Hands, heard: Iterator[Heard | None]) -> None:
        self.hands, self.heard = hands, heard

    def wait(self, seconds: float) -> Heard | None:
        self.hands.wear(seconds)
        return next(self.heard, None)


def told(hands: Hands, *heard: Heard | None) -> tuple[bool, list[str]]:
    said: list[str] = []
    begins = plainly(hands.check, Fingers(hands, iter(heard)), said.append, hands.clock)
    assert hands.source.state == "stopped"
    return begins, said


def test_it_ends_by_itself_when_all_sit_well_and_is_seldom_heard() -> None:
    begins, said = told(Hands())
    assert begins and said[-1] == "All electrodes sit well." and len(said) <= 4


def test_enter_goes_on_and_q_leaves() -> None:
    for typed, begins in (("", True), ("q", False)):
        hands = Hands()
        hands.flat = {0}
        went, said = told(hands, *[None] * 60, Typed(typed))
        assert went is begins and any("O1 not on the skin" in line for line in said)


def test_nobody_is_waited_for_who_can_no_longer_type_and_ctrl_c_leaves() -> None:
    hands = Hands()
    hands.flat = {0}
    assert told(hands, None, NoMore())[0] is True
    hands = Hands()
    hands.flat = {0}
    assert told(hands, Told("interrupt"))[0] is False


def test_it_can_be_suspended() -> None:
    halted: list[bool] = []
    assert told(Hands(), Suspended(lambda: halted.append(True)))[0] is True and halted == [True]


def test_without_a_headset_there_is_nothing_to_look_at() -> None:
    hands = Hands()
    assert plainly(None, Fingers(hands, iter(())), lambda text: None, hands.clock) is True
