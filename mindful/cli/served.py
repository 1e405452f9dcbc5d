"""The home screen behind `mindful serve`: one run of it for each page that is opened. Called by textual-serve."""

from __future__ import annotations

import os
import sys

os.environ.update(FORCE_COLOR="1", COLORTERM="truecolor")  # what the page shows, though stdout is no terminal


def main() -> int:
    """Show the home screen on whatever driver the environment names; its exit status."""
    from mindful.cli.host import CliHost
    from mindful.cli.perform import screen

    host = CliHost()
    try:
        return screen(host)
    finally:
        host.close()


if __name__ == "__main__":
    sys.exit(main())
