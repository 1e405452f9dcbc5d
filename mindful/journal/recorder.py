"""Writes down a session while it happens. The player's conductor calls it: by shape it is a `mindful.player.ports.Log`.

What survives what:

- Every event is handed to the system, whole, before `event` returns. A killed program loses nothing that it wrote;
  beats come at least once a second, so at most the last second of time is unknown.
- The disk is asked to keep it (fsync) at the start, at step ends, answers and pauses, and at the end: a power cut
  loses at most what came after the last of these. But at the start and the end a thread does this, so that a slow disk
  never holds up the pacer.
- A disk that is full or cannot be written never stops a session: the recorder tells once, goes on in memory, and
  tries again at each of those moments and at the end.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from mindful.journal import drafts, locks, names, sealing
from mindful.journal.files import sync_folder
from mindful.journal.home import create_private, make_private
from mindful.journal.lines import line, plain
from mindful.journal.record import Folding, stamp
from mindful.journal.saving import save
from mindful.journal.syncing import Syncer
from mindful.journal.versions import VERSION
from mindful.tongue import _

_KEPT_AT_ONCE = ("answer", "pause")
_TRIES = 20


def _silent(text: str) -> None:
    pass


class Recorder:
    """One session's events on their way to its record. All calls may come from any thread, also after `close`."""

    def __init__(
        self, journal: Path, stem: Path, began: datetime, now: Callable[[], datetime], tell: Callable[[str], None]
    ) -> None:
        self._journal, self._stem, self._began, self._now, self._tell = journal, stem, began, now, tell
        self._folding = Folding()
        self._fd: int | None = None
        self._seal: sealing.Seal | None = None
        self._syncer: Syncer | None = None
        self._waiting = bytearray()
        self._told = self._closed = False
        self._lock = threading.RLock()
        self._busy = False
        self._later: list[Callable[[], None]] = []
        self.saved = False
        """Whether the record is on disk. False after `close` when the journal could not be written at all."""

    @classmethod
    def open(
        cls,
        folder: Path,
        head: Mapping[str, Any],
        *,
        now: Callable[[], datetime],
        token: str | None = None,
        tell: Callable[[str], None] = _silent,
    ) -> Recorder:
        """Begin a record in the journal `folder`, which is made when it is missing, and write its `start` event.

        `head` holds the fields of the `start` event: session {id, title, sha256, format}, planned_ms, settings,
        variables, app, audio {sink, rate}, clock, simulated. `now` gives local time with its offset. `token`, six
        hex digits, is chosen at random unless given. `tell` gets at most two sentences for the client: when the
        journal cannot be written, and when it still cannot be at the end. Never raises OSError.
        """
        began = _aware(now())
        session = head.get("session")
        name = str(session.get("id") or "") if isinstance(session, Mapping) else ""
        fd, seal, trouble = None, None, None
        try:
            seal = sealing.of(folder)
            if seal is not None:
                seal.seal(b"")  # better told now than after the session
        except OSError as error:
            trouble = error
        for _try in range(_TRIES):
            chosen = token or secrets.token_hex(3)
            # The name of a sealed file tells when it was, and not what.
            stem, token = names.stem(folder, began, name if seal is None else "", chosen), None
            if trouble is not None:
                break
            try:
                fd = _claim(stem)
            except FileExistsError:
                continue
            except OSError as error:
                trouble = error
            break
        recorder = cls(folder, stem, began, now, tell)
        recorder._fd, recorder._seal = fd, seal
        if fd is not None:
            recorder._syncer = Syncer(fd)
        start = {
            "event": "start",
            "t_ms": 0,
            "mindful_record": VERSION,
            "at": stamp(began),
            "id": names.record_id(began, chosen),
            **{k: v for k, v in head.items() if k not in ("event", "t_ms", "at", "id", "mindful_record", "writer")},
            "writer": {"pid": os.getpid(), "host": locks.host()},
        }
        recorder._take(start)
        if fd is not None:
            recorder._sync_now()
            sync_folder(stem.parent)
        else:
            recorder._say(trouble or FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)))
        return recorder

    @property
    def stem(self) -> Path:
        """The record's path without its ending, for what belongs beside it."""
        return self._stem

    @property
    def path(self) -> Path:
        """Where the record will be, or is."""
        return sealing.here(self._stem.with_name(self._stem.name + names.CLOSED))

    @property
    def running_path(self) -> Path:
        """Where the events are until then."""
        return self._stem.with_name(self._stem.name + names.RUNNING)

    @property
    def record(self) -> dict[str, Any]:
        """The record as it stands now, a copy: to show it also where it could not be saved."""
        with self._lock:
            return self._folding.record()

    def event(self, event: str, **data: Any) -> None:
        """Write one event; the system has it when this returns. `t_ms` is filled in where it is missing.

        Never raises OSError. After `close` nothing happens.
        """
        self._do(lambda: self._event(event, data))

    def close(self, status: str, reason: str, **data: Any) -> Path:
        """Write how it ended, fold the events to the record, and put it in place; gives the record's path.

        `status` is completed, stopped or interrupted; `data` may hold elapsed_ms, paused_ms and t_ms. A second call
        changes nothing. Never raises OSError: look at `saved`.
        """
        self._do(lambda: self._close(status, reason, data))
        return self.path

    def _do(self, work: Callable[[], None]) -> None:
        """One thing at a time: what a signal's handler wants in the middle of another is done right after that."""
        with self._lock:
            self._later.append(work)
            if self._busy:
                return
            self._busy = True
            try:
                while self._later:
                    self._later.pop(0)()
            finally:
                self._busy = False

    def _event(self, event: str, data: dict[str, Any]) -> None:
        if self._closed:
            return
        if self._syncer is not None and self._syncer.error is not None:
            self._say(self._syncer.error)
            self._syncer.error = None
        durable = event in _KEPT_AT_ONCE or (event == "step" and data.get("phase") == "end")
        self._take({"event": event, "t_ms": self._since_start(), **data}, retry=durable)
        if durable and self._syncer is not None and not self._waiting:
            self._syncer.ask()

    def _close(self, status: str, reason: str, data: dict[str, Any]) -> None:
        if self._closed:
            return
        self._closed = True
        end = {"event": "end", "t_ms": self._since_start(), **data, "status": status, "reason": reason}
        self._take({**end, "at": stamp(_aware(self._now()))}, retry=True)
        if self._fd is not None:
            self._sync_now()
        try:
            record = self._folding.record()
            save(self.path, record, self._journal)
            self.saved = True
            unanswered = self._folding.drafts if status == "interrupted" else {}
            drafts.keep(self._journal, record["session"]["id"], unanswered, self._folding.answered)
        except OSError as error:
            self._say(error, again=True, kept=self._fd is not None and not self._waiting)
        self._let_go()

    def _take(self, event: dict[str, Any], *, retry: bool = False) -> None:
        event = plain(event)
        self._folding.add(event)
        if self._fd is None:
            return
        failing = bool(self._waiting)
        self._waiting += self._line(event)
        if failing and not retry:
            return
        try:
            while self._waiting:  # what the disk took is not given to it again, be it a part of a line
                del self._waiting[: os.write(self._fd, self._waiting)]
        except OSError as error:
            self._say(error)

    def _line(self, event: dict[str, Any]) -> bytes:
        if self._seal is None:
            return line(event)
        # Who writes stays readable: recovery asks whether that program lives before it asks for a key.
        open_ = {"writer": event["writer"]} if "writer" in event else {}
        return self._seal.line(line(event), **open_)

    def _since_start(self) -> int:
        """For events without a time of their own; the wall clock may have been set back meanwhile."""
        return max(0, round((_aware(self._now()) - self._began).total_seconds() * 1000))

    def _sync_now(self) -> None:
        assert self._fd is not None
        try:
            os.fsync(self._fd)
        except OSError as error:
            self._say(error)

    def _let_go(self) -> None:
        """Free the running file; only when the record is in place is it no longer needed."""
        if self._syncer is not None:
            self._syncer.finish()
        if self._fd is None:
            return
        if self.saved and os.name != "nt":  # still locked, so nobody recovers it in between
            with contextlib.suppress(OSError):
                self.running_path.unlink()
        os.close(self._fd)
        self._fd = None
        if self.saved:  # Windows removes no open file
            with contextlib.suppress(OSError):
                self.running_path.unlink(missing_ok=True)

    def _say(self, error: OSError, *, again: bool = False, kept: bool = False) -> None:
        """Tell the client, once while it runs and once more at the end."""
        if self._told and not again:
            return
        self._told = True
        why = _WHY.get(error.errno or 0, _("it cannot be written"))
        if isinstance(error, sealing.SealError):
            why = str(error)
        if not again:
            text = _(
                "Your journal cannot be reached just now: {why}. The session goes on, and mindful tries again."
            ).format(why=why)
        elif kept:
            text = _(
                "Your record could not be finished: {why}. What happened is kept and will be read next time."
            ).format(why=why)
        else:
            text = _("This session could not be written to your journal: {why}. Nothing else is affected.").format(
                why=why
            )
        self._tell(text)


_WHY = {
    errno.ENOSPC: _("the disk is full"),
    errno.EDQUOT: _("the disk is full"),
    errno.EFBIG: _("the file would become too large"),
    errno.EROFS: _("the disk is read-only"),
    errno.EACCES: _("this account may not write there"),
    errno.EPERM: _("this account may not write there"),
    errno.ENOTDIR: _("there is a file where the folder should be"),
    errno.EEXIST: _("there is a file where the folder should be"),
    errno.EIO: _("the disk reports an error"),
}


def _aware(at: datetime) -> datetime:
    return at if at.utcoffset() is not None else at.astimezone()


def _claim(stem: Path) -> int:
    """Create and lock the running file; gives its descriptor. Raises FileExistsError when the name is taken."""
    running = stem.with_name(stem.name + names.RUNNING)
    make_private(stem.parent)
    if stem.with_name(stem.name + names.CLOSED).exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    fd = create_private(running, append=True)
    if locks.take(fd) == "busy" or not locks.same(fd, running):
        os.close(fd)  # recovery took the empty file in this very moment: leave it, take another name
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    return fd
