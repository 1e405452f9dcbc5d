"""Files that a script names: beside it, inside its folder, never behind a link that leads out of it."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

from mindful.script.codes import Code


def inside(folder: Path | None, name: str) -> Path | tuple[Code, str, str]:
    """The file that a script means by `name`, or code, message and hint of what is wrong with the name."""
    windows = PureWindowsPath(name)
    if "\\" in name and not windows.drive:
        return Code.OUTSIDE, "a path is written with forward slashes", f"write `{name.replace(chr(92), '/')}`"
    if name.startswith(("/", "~")) or windows.drive or "://" in name:
        return (
            Code.OUTSIDE,
            "a path starts from the script's own folder",
            f"put the file beside the script and write `{windows.name}`",
        )
    if ".." in Path(name).parts:
        return (
            Code.OUTSIDE,
            "this path leaves the script's folder",
            f"put the file beside the script and write `{windows.name}`",
        )
    if folder is None:
        return Code.FILE, "this script has no folder yet, and so no file can be beside it", "save the script first"
    try:
        file = (folder / name).resolve()
        if not file.is_relative_to(folder.resolve()):
            return (
                Code.OUTSIDE,
                "a link leads from this path out of the script's folder",
                "put the file itself beside the script",
            )
        if not file.is_file():
            return Code.FILE, "there is no such file beside the script", _hint(folder, name)
    except (OSError, ValueError, RuntimeError):
        return Code.FILE, "there is no such file beside the script", ""
    return file


def _hint(folder: Path, name: str) -> str:
    from mindful.script.problems import near

    parent = (folder / name).parent
    try:
        there = [p.name for _, p in zip(range(500), parent.iterdir(), strict=False)]
    except OSError:
        return "check the spelling; capital and small letters count"
    alike = {Path(t).stem: t for t in there if Path(t).suffix in (Path(name).suffix, ".yaml", ".yml", ".json")}
    meant = alike.get(next(iter(near(Path(name).stem, alike)), ""), "")
    return (
        f"did you mean `{Path(name).with_name(meant)}`?"
        if meant
        else "check the spelling; capital and small letters count"
    )
