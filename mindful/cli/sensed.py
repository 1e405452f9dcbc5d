"""`mindful devices pace` and `mindful devices raw`: what sensors left behind, to look at and to delete."""

from __future__ import annotations

import click

from mindful.cli import exits
from mindful.cli.say import fail, interactive, out, tell
from mindful.journal import home
from mindful.journal.printable import printable
from mindful.tongue import _, ngettext


@click.command()
@click.option("--forget", is_flag=True, help="Delete it.")
def pace(forget: bool) -> None:
    """Your own pace, as an assessment with a strap found it; heart-pace does one."""
    from mindful.journal.resonance import read

    file = home.resonance_file()
    found = read(file)
    if found is None:
        tell(_("No pace was found so far. With a strap: mindful play heart-pace."))
        return
    if forget:
        try:
            file.unlink()
        except OSError as error:
            fail(exits.FAILED, _("It could not be removed: {why}.").format(why=error.strerror or error))
        tell(_("It is forgotten. Training goes by six a minute again."))
        return
    out(_("{rate} breaths a minute").format(rate=f"{found['per_min']:g}"))
    tell(_("Found on {day}.").format(day=printable(found.get("found", ""))[:10]))
    if found.get("trust") != "clear":
        tell(_("No pace stood out clearly, so another may do as well."))


@click.command()
@click.option("--delete", is_flag=True, help="Delete all of it.")
@click.option("--yes", is_flag=True, help="Without asking.")
def raw(delete: bool, yes: bool) -> None:
    """The raw recordings of sensors in your journal: --keep-raw makes them."""
    from mindful.bio.raw import DONE, NOTES, RAW, recover

    journal = home.journal()
    recover(journal)
    found = sorted(p for end in (DONE, RAW, NOTES) for p in journal.rglob("*" + end)) if journal.is_dir() else []
    for path in found:
        out(printable(path))
    if not found:
        tell(_("There are none."))
        return
    if not delete:
        return
    count = len(found)
    if not yes and (not interactive() or not click.confirm(_("Delete them all?"), default=False, err=True)):
        fail(exits.STOPPED, _("Nothing was deleted. Without a question: --yes."))
    for path in found:
        try:
            path.unlink()
        except OSError as error:
            fail(exits.FAILED, _("It could not be removed: {why}.").format(why=error.strerror or error))
    tell(ngettext("One recording is deleted.", "{count} recordings are deleted.", count).format(count=count))
