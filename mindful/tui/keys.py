"""Every key of the screen as data: bindings, footer hints, clicks and the help page read this one registry.

A screen has a method `action_<name>` for each action of its scopes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mindful.tongue import _, language

if TYPE_CHECKING:
    from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Action:
    """Something a client can do with a key or a click."""

    name: str
    keys: tuple[str, ...]
    shown: str
    """The key as a person reads it."""
    hint: str
    """One or two words for the footer."""
    help: str
    """One sentence for the help page."""
    priority: bool = False
    """Works also while something is being written."""

    def __post_init__(self) -> None:
        """In the client's language: what a key is called, and what it does."""
        if language() != "en":
            for field in ("shown", "hint", "help"):
                object.__setattr__(self, field, _(getattr(self, field)))


SCOPES: dict[str, tuple[Action, ...]] = {
    "home": (
        Action("choose", ("enter",), "Enter", "open", "Open the session that is marked."),
        Action("down", ("down",), "↓", "", "Mark the next session."),
        Action("up", ("up",), "↑", "", "Mark the session before."),
        Action("page_down", ("pagedown",), "Page Down", "", "Several sessions down."),
        Action("page_up", ("pageup",), "Page Up", "", "Several sessions up."),
        Action("quick_1", ("1",), "1", "breathe", "A minute of breathing, at once.", True),
        Action("quick_2", ("2",), "2", "", "Five minutes of breathing, at once.", True),
        Action("quick_3", ("3",), "3", "", "Ten minutes of quiet, at once.", True),
        Action("quick_4", ("4",), "4", "", "What is next in your plan, or else what you did last.", True),
        Action("length", ("f2",), "F2", "length", "Only short ones, middle ones, long ones; all of them.", True),
        Action("effort", ("f3",), "F3", "effort", "Only gentle, moderate, intense ones; all of them.", True),
        Action("need", ("f4",), "F4", "need", "Only what is for calm, sleep, focus, a crisis; all of them.", True),
        Action("checklist", ("f5",), "F5", "", "Your checklist, so that nothing unsafe begins.", True),
        Action("journey", ("j",), "j", "journey", "What you did so far.", True),
        Action("settings", ("comma",), ",", "settings", "What you can set.", True),
        Action(
            "write", ("slash",), "/", "", "Search for anything, also for words that begin with a j or a number.", True
        ),
        Action("clear", ("escape",), "Esc", "leave", "Clear the search; with nothing to clear, leave."),
        Action("evidence", ("f6",), "F6", "", "What is known about the practices, and what is not.", True),
        Action("learn", ("f8",), "F8", "", "Something to read: how fear, sleep, breath and practice work.", True),
        Action("programme", ("f9",), "F9", "", "Where you are in your programme, and what is in it.", True),
        Action("palette", ("ctrl+p",), "Ctrl+P", "", "Everything that can be done here, by its name.", True),
        Action("help", ("f1",), "F1", "keys", "Show the keys; while nothing is typed also ?", True),
        Action("keys", ("question_mark",), "?", "keys", "", True),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "before": (
        Action("begin", ("enter",), "Enter", "begin", "Begin the session."),
        Action("next_field", ("down", "tab"), "↓", "choose", "Mark the next thing to set."),
        Action("previous_field", ("up", "shift+tab"), "↑", "", "Mark the thing before."),
        Action("more", ("right", "plus"), "→", "change", "More of what is marked."),
        Action("less", ("left", "minus"), "←", "", "Less of what is marked."),
        Action("press", ("space",), "Space", "", "Tick or press what is marked."),
        Action("sound", ("t",), "t", "test sound", "Hear a bell."),
        Action("evidence", ("f6",), "F6", "", "What is known about this practice, and what is not."),
        Action("mix", ("m",), "m", "mixer", "How loud voice, breath tone, bells and background are."),
        Action("page_down", ("pagedown",), "Page Down", "", "Read on."),
        Action("page_up", ("pageup",), "Page Up", "", "Read back."),
        Action("palette", ("ctrl+p",), "Ctrl+P", "", "Everything that can be done here, by its name."),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("away", ("escape",), "Esc", "back", "Go back."),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "gate": (
        Action("choose", ("enter",), "Enter", "choose", "Do what is marked."),
        Action("next_field", ("down", "tab"), "↓", "mark", "The next thing to choose."),
        Action("previous_field", ("up", "shift+tab"), "↑", "", "The one before."),
        Action("page_down", ("pagedown",), "Page Down", "read on", "Read on."),
        Action("page_up", ("pageup",), "Page Up", "", "Read back."),
        Action("checklist", ("c",), "c", "checklist", "Look at your checklist."),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("away", ("escape",), "Esc", "back", "Go back."),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "unpleasant": (
        Action("tick", ("space",), "Space", "take", "Take what is marked, and take it back."),
        Action("next_field", ("down", "tab"), "↓", "", "The next line."),
        Action("previous_field", ("up", "shift+tab"), "↑", "", "The line before."),
        Action("keep", ("enter",), "Enter", "keep", "Keep it in the record of this session."),
        Action("page_down", ("pagedown",), "Page Down", "", "Read on."),
        Action("page_up", ("pageup",), "Page Up", "", "Read back."),
        Action("support", ("f7",), "F7", "your plan", "Your own plan and people, for a hard hour.", True),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("away", ("escape",), "Esc", "back", "Go back; nothing is kept."),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
    ),
    "evidence": (
        Action("choose", ("enter", "space"), "Enter", "read", "Read the card that is marked."),
        Action("down", ("down", "tab"), "↓", "mark", "The next card; in a card, read on."),
        Action("up", ("up", "shift+tab"), "↑", "", "The card before; in a card, read back."),
        Action("page_down", ("pagedown",), "Page Down", "", "Read on."),
        Action("page_up", ("pageup",), "Page Up", "", "Read back."),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("away", ("escape", "q"), "Esc", "back", "Go back."),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "learning": (
        Action("choose", ("enter", "space"), "Enter", "read", "Read what is marked."),
        Action("down", ("down", "tab"), "↓", "mark", "The next page."),
        Action("up", ("up", "shift+tab"), "↑", "", "The page before."),
        Action("page_down", ("pagedown",), "Page Down", "", "Several pages down."),
        Action("page_up", ("pageup",), "Page Up", "", "Several pages up."),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("away", ("escape", "q"), "Esc", "back", "Go back."),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "support": (
        Action("away", ("escape", "enter", "space", "q"), "Esc", "back", "Go back; what was under way waits for you."),
        Action("down", ("down",), "↓", "", "Read on."),
        Action("up", ("up",), "↑", "", "Read back."),
        Action("page_down", ("pagedown",), "Page Down", "read on", "A page on."),
        Action("page_up", ("pageup",), "Page Up", "", "A page back."),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Close this page.", True),
    ),
    "checklist": (
        Action("tick", ("space",), "Space", "tick", "Tick what is marked, and take the tick away."),
        Action("next_field", ("down", "tab"), "↓", "", "The next line."),
        Action("previous_field", ("up", "shift+tab"), "↑", "", "The line before."),
        Action("keep", ("enter",), "Enter", "keep", "Keep what is ticked."),
        Action("page_down", ("pagedown",), "Page Down", "", "Read on."),
        Action("page_up", ("pageup",), "Page Up", "", "Read back."),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("away", ("escape",), "Esc", "back", "Leave it as it was."),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "player": (
        Action("space", ("space",), "Space", "pause", "Pause, and go on. Where the session waits: go on, or count."),
        Action("go_on", ("enter",), "Enter", "go on", "Go on, where the session waits for you."),
        Action("pause", ("p",), "p", "", "Pause, and go on, everywhere."),
        Action("skip", ("n", "right"), "n →", "next", "Go to the next step, region, group of muscles or pose."),
        Action("skip_step", ("N", "shift+right"), "N", "", "Go past a step as a whole, with all its regions or poses."),
        Action("back", ("b", "left"), "b ←", "back", "Go to the start of this step, or to the one before."),
        Action("end", ("q", "escape"), "q", "end", "End early, with a soft landing. Once more ends at once."),
        Action("finish", ("x",), "x", "end it here", "In an exposure: end it here, by choice."),
        Action("say_again", ("r",), "r", "again", "Say the last line again."),
        Action("ease", ("e",), "e", "ease", "Shorter, gentler breaths; each press a little more."),
        Action("land", ("l",), "l", "land", "Stop and land: a grounding minute. Also Backspace."),
        Action("land_by_touch", ("backspace",), "Backspace", "", ""),
        Action("land_writing", ("ctrl+l",), "Ctrl+L", "land", "Stop and land, also while writing.", True),
        Action("louder", ("plus", "equals_sign", "up"), "+ -", "loudness", "Louder and softer."),
        Action("softer", ("minus", "down"), "-", "softer", ""),
        Action("mute", ("s",), "s", "mute", "Sound off, and on again."),
        Action("mix", ("m",), "m", "mixer", "How loud voice, breath tone, bells and background are."),
        Action("shape", ("v",), "v", "shape", "Show the breath in another way, round and round; it is kept."),
        Action("hide", ("h",), "h", "dark", "Make the screen dark; any key brings it back."),
        Action("palette", ("ctrl+p",), "Ctrl+P", "", "Everything that can be done here, by its name."),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("stop", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "End early, also while writing.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "mixer": (
        Action("mix_next", ("down",), "↑↓", "choose", "Voice, breath tone, bells or background."),
        Action("mix_previous", ("up",), "↑", "", ""),
        Action("mix_more", ("right",), "←→", "change", "Softer and louder."),
        Action("mix_less", ("left",), "←", "", ""),
        Action("mix_off", ("0",), "0", "off", "Off, and on again."),
        Action("mix_done", ("escape", "m", "enter"), "Esc", "done", "Close the mixer."),
        Action("help", ("question_mark", "f1"), "?", "", "Show the keys."),
        Action("support", ("f7",), "F7", "", "", True),
    ),
    "form": (
        Action("answer", ("enter",), "Enter", "go on", "Take the answer and go on."),
        Action("leave_open", ("ctrl+n",), "Ctrl+N", "leave open", "Go on without an answer.", True),
        Action("back_writing", ("ctrl+b",), "Ctrl+B", "back", "To the step before; what was entered is kept.", True),
        Action("look_over", ("ctrl+r",), "Ctrl+R", "look over", "On a sheet: look over and change its answers.", True),
        Action("keep_draft", ("ctrl+k",), "Ctrl+K", "keep it", "Take what you had begun another time.", True),
    ),
    "after": (
        Action("done", ("enter",), "Enter", "done", "Keep what you said, if anything, and close this page."),
        Action("next_field", ("tab",), "Tab", "note", "Between the question and the note."),
        Action("record", ("r",), "r", "record", "Show everything that the record of this session holds."),
        Action("palette", ("ctrl+p",), "Ctrl+P", "", "Everything that can be done here, by its name."),
        Action("unpleasant", ("u",), "u", "", "Something was unpleasant: what may help, now and next time."),
        Action("help", ("f1", "question_mark"), "?", "keys", "Show the keys."),
        Action("close", ("q",), "q", "leave", "Keep what you said, and leave."),
        Action("leave", ("escape", "ctrl+c", "ctrl+q"), "Esc", "leave", "Leave, also while writing; it is kept.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "bench": (
        Action("save", ("ctrl+s",), "Ctrl+S", "save", "Save the text as it stands, remarks and all.", True),
        Action(
            "play", ("f5",), "F5", "play", "Hear the script from the step that the cursor is in; once more: stop.", True
        ),
        Action("next", ("f8",), "F8", "", "While it plays: on to the next step, or over a question.", True),
        Action(
            "insert", ("f2",), "F2", "add a step", "Add a step by a form, behind the one that the cursor is in.", True
        ),
        Action("problem", ("f3",), "F3", "problem", "Go to the next problem.", True),
        Action("problems", ("f4",), "F4", "", "Into the list of problems, and back. Enter goes to its place.", True),
        Action("outline", ("f6",), "F6", "", "Into the outline, and back. Enter goes to the step's line.", True),
        Action(
            "complete",
            ("ctrl+@", "f9"),
            "F9",
            "words",
            "Show which words could stand here (also Ctrl+Space). Tab takes the first while you type.",
            True,
        ),
        Action("pick_down", ("down",), "↓ ↑", "", "Among the words that are shown: the next, the one before.", True),
        Action("pick_up", ("up",), "↑", "", "", True),
        Action("pick", ("enter",), "Enter", "", "Take the word that is marked.", True),
        Action("undo", ("ctrl+z",), "Ctrl+Z", "", "Take the last change back."),
        Action("redo", ("ctrl+y",), "Ctrl+Y", "", "And make it again."),
        Action("help", ("f1",), "F1", "keys", "Show the keys.", True),
        Action("leave", ("ctrl+q",), "Ctrl+Q", "leave", "Leave. What is not saved is asked about.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "insert": (
        Action(
            "choose", ("enter",), "Enter", "choose", "Choose the kind of step; with the fields filled in, put it in."
        ),
        Action("next_field", ("down", "tab"), "↓", "next", "The next kind, or the next field."),
        Action("previous_field", ("up", "shift+tab"), "↑", "", "The one before."),
        Action("away", ("escape", "ctrl+q"), "Esc", "back", "Back to the text; nothing is put in.", True),
        Action("support", ("f7",), "F7", "", "", True),
    ),
    "question": (
        Action("choose", ("enter",), "Enter", "choose", "Do what is marked."),
        Action("down", ("down", "tab"), "↓", "", "The next answer."),
        Action("up", ("up", "shift+tab"), "↑", "", "The answer before."),
        Action("away", ("escape", "ctrl+q"), "Esc", "back", "Back; nothing changes.", True),
        Action("support", ("f7",), "F7", "", "", True),
    ),
    "help": (
        Action("away", ("escape", "enter", "space", "q", "question_mark", "f1"), "Esc", "back", "Go back."),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "settings": (
        Action("next_field", ("down", "tab"), "↓", "", "Mark the next setting."),
        Action("previous_field", ("up", "shift+tab"), "↑", "", "Mark the setting before."),
        Action("more", ("right", "plus", "space"), "→", "change", "More of what is marked, or the next choice."),
        Action("less", ("left", "minus"), "←", "", "Less of it, or the choice before."),
        Action(
            "choose", ("enter",), "Enter", "write", "Write words; for a key, press the new one. Enter or Esc ends it."
        ),
        Action("reset", ("delete", "backspace"), "Delete", "as it was", "As it was before anything was set."),
        Action("page_down", ("pagedown",), "Page Down", "", "Read on."),
        Action("page_up", ("pageup",), "Page Up", "", "Read back."),
        Action("palette", ("ctrl+p",), "Ctrl+P", "", "Everything that can be done here, by its name."),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("away", ("escape", "q"), "Esc", "back", "Go back. Everything is written down already."),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "journey": (
        Action("view", ("tab",), "Tab", "next view", "The month, ratings, practices, records."),
        Action("view_back", ("shift+tab",), "Shift+Tab", "", "The view before."),
        Action("down", ("down",), "↓", "", "Mark the next one, or read on."),
        Action("up", ("up",), "↑", "", "Mark the one before, or read back."),
        Action("earlier", ("left",), "←", "earlier", "The month before; a day is marked with a click."),
        Action("later", ("right",), "→", "later", "The month after."),
        Action("page_down", ("pagedown",), "Page Down", "", "A screenful down."),
        Action("page_up", ("pageup",), "Page Up", "", "A screenful up."),
        Action("choose", ("enter",), "Enter", "open", "Open the record or the practice that is marked."),
        Action("ladders", ("l",), "l", "ladders", "Ladders for exposure: make one, change one, begin with one."),
        Action("palette", ("ctrl+p",), "Ctrl+P", "", "Everything that can be done here, by its name."),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("away", ("escape", "q"), "Esc", "back", "Go back."),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "ladders": (
        Action("choose", ("enter",), "Enter", "open", "Open the ladder that is marked."),
        Action("add", ("a",), "a", "new", "Begin a new ladder of your own."),
        Action("down", ("down", "tab"), "↓", "", "The next one."),
        Action("up", ("up", "shift+tab"), "↑", "", "The one before."),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("away", ("escape", "q"), "Esc", "back", "Go back."),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "ladder": (
        Action("add", ("a",), "a", "add", "Put something on the ladder, beside what is marked."),
        Action("more", ("right", "plus"), "← →", "SUDS", "A stronger distress, by 5; ← a weaker one."),
        Action("less", ("left", "minus"), "←", "", ""),
        Action("later", ("J", "shift+down"), "J K", "move", "Move what is marked down; K moves it up."),
        Action("earlier", ("K", "shift+up"), "K", "", ""),
        Action("choose", ("enter",), "Enter", "words", "Give it other words."),
        Action("remove", ("delete",), "Delete", "", "Take it off the ladder; what was done stays in the journal."),
        Action("begin", ("p",), "p", "begin", "Begin an exposure with what is marked."),
        Action("copy", ("c",), "c", "a copy", "Of a ladder that comes with the program: a copy of your own."),
        Action("down", ("down", "tab"), "↓", "", "The next one."),
        Action("up", ("up", "shift+tab"), "↑", "", "The one before."),
        Action("page_down", ("pagedown",), "Page Down", "", "Five down."),
        Action("page_up", ("pageup",), "Page Up", "", "Five up."),
        Action("help", ("question_mark", "f1"), "?", "keys", "Show the keys."),
        Action("away", ("escape", "q"), "Esc", "back", "Go back. Every change is kept already."),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
    "palette": (
        Action("choose", ("enter",), "Enter", "do it", "Do what is marked."),
        Action("down", ("down",), "↓", "", "Mark the next one."),
        Action("up", ("up",), "↑", "", "Mark the one before."),
        Action("page_down", ("pagedown",), "Page Down", "", "A screenful down."),
        Action("page_up", ("pageup",), "Page Up", "", "A screenful up."),
        Action("away", ("escape", "ctrl+p"), "Esc", "back", "Go back; nothing is done.", True),
        Action("leave", ("ctrl+c", "ctrl+q"), "Ctrl+C", "", "Leave.", True),
        Action("support", ("f7",), "F7", "", "Your own plan and people, for a hard hour.", True),
    ),
}


def action(scope: str, name: str) -> Action:
    """Raises KeyError for a name that is not there."""
    for found in SCOPES[scope]:
        if found.name == name:
            return found
    raise KeyError(f"{scope}.{name}")


def bindings(*scopes: str) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """Textual's bindings for these scopes."""
    from textual.binding import Binding

    taken: set[str] = set()
    out: list[Binding | tuple[str, str] | tuple[str, str, str]] = []
    for scope in scopes:
        for a in SCOPES[scope]:
            # A key of an earlier scope keeps its action, which knows what is asked at the moment.
            free = [key for key in a.keys if key not in taken]
            taken.update(free)
            if free:
                about = a.hint or a.help or a.name
                name = f"{scope}.{a.name}"
                out.append(Binding(",".join(free), a.name, about, show=False, priority=a.priority, id=name))
    return out


def hints(scope: str, names: Iterable[str], **changed: str) -> list[tuple[str, str, str]]:
    """(key, words, action name) for a footer; `changed` gives other words for a name at this moment."""
    return [(a.shown, changed.get(a.name, a.hint), a.name) for a in (action(scope, n) for n in names)]
