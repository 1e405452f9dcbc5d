"""Every sentence that the page adds by itself, in one place: to read aloud and to translate.

Invitations, never orders; no promise, no blame. Cautions and tiers come from whoever asks for the page (`Before`).
"""

from __future__ import annotations

THROUGH: dict[str, str] = {
    "nose": "through the nose",
    "mouth": "through the mouth",
    "left": "through the left nostril",
    "right": "through the right nostril",
    "pursed": "through pursed lips",
}
"""How a phase goes, where its name does not say it."""

EYES = "Eyes open or closed, sitting or lying: as you like. You can leave any step."
KEPT = (
    "Nothing leaves this page: it opens no connection, and what you answer is not stored anywhere. "
    "When you close the page, it is gone."
)
FIRST_WAY = "This page goes on with “{option}”, whatever is chosen."
"""Beneath a choice whose other ways are not in the file."""
SAME_WAY = "This page goes on in the same way, whatever is rated here."
"""Beneath a rating that would lead to different places in the program."""
FINISHED = "That was the session, from beginning to end."
YES, NO = "Yes", "No"
QUIZ_RIGHT = "Yes."
QUIZ_OTHER = "The page says: {right}."
GO_ON = "Go on"
NOT_SET = "open"
LEAVE_OPEN = "Leave it open"
IF_IT_APPLIES = "Only where it applies."
WAIT_UNTIL = "When you like, go on. The breath that has begun is finished first."
WAIT_SIT = "Stay as long as you like."
STOPPED = "That is enough for now."
