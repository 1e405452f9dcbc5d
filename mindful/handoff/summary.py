"""A summary: records that a client chose, signed by the client and encrypted (age, X25519) to one therapist.

Who it is for stands in the signed text, so that it cannot be handed on as if it had been meant for another; and each
has a number of its own, so that an old one is known again.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mindful.handoff import card as cards
from mindful.handoff.card import BadCardError, Card, verify
from mindful.handoff.keys import Own
from mindful.journal.versions import DamagedError, NewerError, check, upgrade
from mindful.tongue import _

if TYPE_CHECKING:
    from pyrage import x25519

VERSION = 1
MAX_BYTES = 64 * 2**20
MAX_RECORDS = 50_000
_HEAD = b"mindful-summary-1\n"
_ID = re.compile(r"[0-9a-f]{32}\Z")


class BadSummaryError(ValueError):
    """This cannot be taken in. The text says why, in words for a person."""


class NotForUsError(BadSummaryError):
    """It was encrypted to another key than ours."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What came out of the file, its signature checked."""

    id: str
    made: datetime
    by: Card
    to: str
    """The recipient that the client meant."""
    note: str
    records: tuple[dict[str, Any], ...]


def plain(records: Sequence[dict[str, Any]], own: Own, to: Card, at: datetime, note: str = "") -> bytes:
    """The exact text that goes, before it is signed and encrypted; what a client is shown."""
    data = {
        "mindful_summary": VERSION,
        "id": secrets.token_hex(16),
        "made": at.isoformat(timespec="seconds"),
        "by": own.card.data(),
        "to": to.recipient,
        "note": note,
        "records": list(records),
    }
    return json.dumps(data, ensure_ascii=True, indent=1).encode() + b"\n"


def seal(text: bytes, own: Own, to: Card) -> bytes:
    """The file: the text signed, then encrypted to the therapist and to oneself, so that the client can reread it."""
    import pyrage
    from pyrage import x25519

    signed = _HEAD + own.sign(_HEAD + text).hex().encode() + b"\n" + text
    to_all = [x25519.Recipient.from_str(r) for r in dict.fromkeys((to.recipient, own.card.recipient))]
    return bytes(pyrage.encrypt(signed, to_all))


def open_(data: bytes, identities: Sequence[x25519.Identity]) -> Summary:
    """The summary in a file. Raises BadSummaryError, NotForUsError."""
    import pyrage

    if len(data) > MAX_BYTES:
        raise BadSummaryError(_("it is larger than 64 MiB"))
    if not data.startswith((b"age-encryption.org/v1\n", b"-----BEGIN AGE")):
        raise BadSummaryError(_("it is no summary: it is not encrypted as they are"))
    try:
        signed = bytes(pyrage.decrypt(data, list(identities)))
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise NotForUsError(_("it was closed for another key than yours")) from None
        raise BadSummaryError(_("it was changed on the way, or a part of it is missing")) from None
    head, _line, rest = signed.partition(b"\n")
    seal_, _line, text = rest.partition(b"\n")
    try:
        signature = bytes.fromhex(seal_.decode())
    except (ValueError, UnicodeDecodeError):
        signature = b""
    if head + b"\n" != _HEAD or len(signature) != 64:
        raise BadSummaryError(_("it is no summary, or one of a newer mindful"))
    found = _read(text)
    if not verify(found.by, signature, _HEAD + text):
        raise BadSummaryError(_("its signature is not right: it is not from whom it says"))
    mine = {str(i.to_public()) for i in identities}
    if found.to not in mine and found.by.recipient not in mine:  # one's own summary can be reread
        raise NotForUsError(_("it was meant for somebody else, who handed it on"))
    return found


def _read(text: bytes) -> Summary:
    try:
        data = json.loads(text.decode())
        made = datetime.fromisoformat(data["made"])
        if data["mindful_summary"] != VERSION:
            raise BadSummaryError(_("a newer mindful made it"))
        if made.utcoffset() is None or not _ID.match(data["id"]) or not isinstance(data["to"], str):
            raise BadSummaryError(_("it is not whole"))
        if not isinstance(data["records"], list) or len(data["records"]) > MAX_RECORDS:
            raise BadSummaryError(_("it holds no records, or too many"))
        records = tuple(_record(each) for each in data["records"])
        return Summary(data["id"], made, cards.card(data["by"]), data["to"], str(data.get("note", ""))[:2000], records)
    except BadCardError as error:
        raise BadSummaryError(_("who sent it cannot be read: {why}").format(why=error)) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise error if isinstance(error, BadSummaryError) else BadSummaryError(_("it is not whole")) from None


def _record(data: Any) -> dict[str, Any]:
    try:
        return check(upgrade(dict(data)))
    except NewerError as error:
        raise BadSummaryError(_("a record in it: {why}").format(why=error)) from None
    except DamagedError as error:
        raise BadSummaryError(_("a record in it is not whole: {why}").format(why=error)) from None
