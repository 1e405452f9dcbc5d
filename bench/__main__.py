"""`make bench`: every measurement in turn, each with its own defaults. Together they take an hour and a half."""

from __future__ import annotations

import subprocess
import sys

PARTS = (
    *("start", "check", "broken", "simulate", "running", "sounds", "voice", "loudness", "render"),
    *("pacers", "endings", "robot", "bio", "latency", "feedback_session", "sensor_sessions", "hearing"),
    *("journal", "faults"),
)


def main() -> int:
    failed = 0
    for part in PARTS:
        failed |= subprocess.run([sys.executable, "-m", f"bench.{part}"], check=False).returncode
        print(flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
