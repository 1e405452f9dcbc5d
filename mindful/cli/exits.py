"""The exit statuses of every command. stdout is data, stderr is narration; these are for scripts."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
PROBLEMS: Final = 1
"""It was done, and something was found that wants a look."""
USAGE: Final = 2
"""The command was not meant so: a wrong option, a record or session that is not there."""
STOPPED: Final = 3
"""The client ended the session early. That is their right, and no failure."""
FAILED: Final = 4
"""The system did not let it happen: a disk, a device, a right."""
