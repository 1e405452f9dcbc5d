"""For all tests: programs that they start get their signals as from a shell.

A job in the background or under nohup has SIGINT or SIGHUP ignored, and its children inherit that; a client's does not.
"""

from __future__ import annotations

import signal

for _name, _usual in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
    _number = getattr(signal, _name, None)
    if _number is not None and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _usual)
