"""What was written reads back: sound, length, tags and chapters, with soundfile, mutagen and readers of our own."""

from __future__ import annotations

import errno
import io
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import mutagen
import numpy as np
import pytest
import soundfile
from mutagen.id3 import ID3

from mindful.render.chapters import MOST, Chapter
from mindful.render.containers.dither import FULL, Dither
from mindful.render.containers.ogg import checksum
from mindful.render.containers.wav import Wav
from mindful.render.formats import Kind, container
from mindful.render.tags import Tags

RATE = 48_000
SOUNDS: tuple[Kind, ...] = ("wav", "flac", "vorbis", "opus", "mp3")
COMMENTED: tuple[Kind, ...] = ("flac", "vorbis", "opus")
CHAPTERS = (Chapter(0, 700, "Welcome"), Chapter(700, 1301, "Brèath, “in” = out"), Chapter(1301, 2021, "終わり"))
TAGS = Tags(
    title="Ruhe & Stille",
    artist="A. Ödön",
    summary="A few seconds.",
    language="de-AT",
    licence="CC-BY-4.0",
    chapters=CHAPTERS,
)
FRAMES = 97_013  # a little more than two seconds, and no whole number of anything


def music(frames: int = FRAMES) -> Any:
    """Two sines and some noise, (frames, 2) float32."""
    t = np.arange(frames) / RATE
    noise = 0.02 * np.random.default_rng(5).standard_normal((frames, 2))
    return (np.stack([0.3 * np.sin(2 * np.pi * 220 * t), 0.2 * np.sin(2 * np.pi * 331 * t)], 1) + noise).astype("f4")


def write(file: BinaryIO, kind: Kind, sound: Any, tags: Tags = TAGS, block: int = 45_056) -> None:
    out = container(kind, file, len(sound), tags)
    for at in range(0, len(sound), block):
        out.write(sound[at : at + block])
    out.close()


def made(tmp_path: Path, kind: Kind, sound: Any, tags: Tags = TAGS) -> Path:
    path = tmp_path / f"x.{ {'vorbis': 'ogg'}.get(kind, kind) }"
    with path.open("w+b") as file:
        write(file, kind, sound, tags)
    return path


def comments(path: Path) -> dict[str, str]:
    tags = mutagen.File(path).tags
    return {name.upper(): value for name, value in tags}


def riff(data: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a RIFF file, in order."""
    assert data[:4] == b"RIFF" and data[8:12] == b"WAVE"
    assert struct.unpack_from("<I", data, 4)[0] == len(data) - 8
    out, at = [], 12
    while at < len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        out.append((name, data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    assert at == len(data)
    return out


class TestSound:
    @pytest.mark.parametrize("kind", SOUNDS)
    def test_length_is_right_to_the_frame(self, tmp_path: Path, kind: Kind) -> None:
        sound, rate = soundfile.read(made(tmp_path, kind, music()))
        assert (sound.shape, rate) == ((FRAMES, 2), RATE)

    @pytest.mark.parametrize("kind", ["wav", "flac"])
    def test_sixteen_bits_are_the_dithered_sound_and_nothing_else(self, tmp_path: Path, kind: Kind) -> None:
        sound, _ = soundfile.read(made(tmp_path, kind, music()), dtype="int16")
        dither = Dither()
        wanted = np.concatenate([dither(music()[at : at + 45_056]) for at in range(0, FRAMES, 45_056)])
        assert (sound == wanted).all()
        assert np.abs(sound / FULL - music()).max() <= 1.51 / FULL

    @pytest.mark.parametrize(
        ("kind", "form", "subtype"),
        [("vorbis", "OGG", "VORBIS"), ("opus", "OGG", "OPUS"), ("mp3", "MP3", "MPEG_LAYER_III")],
    )
    def test_our_tags_leave_the_encoded_sound_as_it_is(
        self, tmp_path: Path, kind: Kind, form: str, subtype: str
    ) -> None:
        plain = tmp_path / "plain"
        with soundfile.SoundFile(plain, "w", RATE, 2, subtype, format=form) as file:
            for at in range(0, FRAMES, 45_056):  # what Vorbis makes of a sound depends on how it is cut
                file.write(music()[at : at + 45_056])
        ours, _ = soundfile.read(made(tmp_path, kind, music()))
        theirs, _ = soundfile.read(plain)
        assert np.abs(ours - theirs).max() < 1e-6
        assert np.sqrt(np.mean((ours - music()) ** 2)) < 0.03

    @pytest.mark.parametrize("kind", SOUNDS)
    def test_twice_gives_the_same_bytes(self, kind: Kind) -> None:
        first, second = io.BytesIO(), io.BytesIO()
        write(first, kind, music(9_600))
        write(second, kind, music(9_600))
        assert first.getvalue() == second.getvalue()

    @pytest.mark.parametrize("kind", ["vorbis", "mp3"])
    def test_a_long_block_is_given_to_the_encoder_in_parts(self, tmp_path: Path, kind: Kind) -> None:
        path = tmp_path / "long"
        with path.open("w+b") as file:
            write(file, kind, music(40 * RATE), block=40 * RATE)
        assert soundfile.info(path).frames == 40 * RATE


class TestDither:
    def test_it_is_noise_that_does_not_depend_on_the_sound(self) -> None:
        """TPDF: zero mean and a variance of a quarter of a step, rounding included, whatever lies between two steps."""
        for part in (0.0001, 0.25, 0.5, 0.77):
            error = Dither()(np.full((200_000, 2), (100 + part) / FULL, np.float32)) - (100 + part)
            assert abs(error.mean()) < 0.006
            assert abs(error.var() - 0.25) < 0.01

    def test_silence_stays_silent(self) -> None:
        assert not Dither()(np.zeros((1000, 2), np.float32)).any()

    def test_full_scale_does_not_wrap(self) -> None:
        loud = Dither()(np.tile(np.array([[1.0, -1.0]], np.float32), (1000, 1)))
        assert loud[:, 0].min() > 32_700 and loud[:, 1].max() < -32_700


class TestTags:
    @pytest.mark.parametrize("kind", COMMENTED)
    def test_vorbis_comments(self, tmp_path: Path, kind: Kind) -> None:
        assert comments(made(tmp_path, kind, music(4_800))) == {
            "TITLE": "Ruhe & Stille",
            "ARTIST": "A. Ödön",
            "ALBUM": "mindful",
            "DESCRIPTION": "A few seconds. Made with mindful.",
            "COMMENT": "Made with mindful.",
            "LANGUAGE": "de-AT",
            "LICENSE": "CC-BY-4.0",
            "CHAPTER001": "00:00:00.000",
            "CHAPTER001NAME": "Welcome",
            "CHAPTER002": "00:00:00.700",
            "CHAPTER002NAME": "Brèath, “in” = out",
            "CHAPTER003": "00:00:01.301",
            "CHAPTER003NAME": "終わり",
        }

    def test_id3(self, tmp_path: Path) -> None:
        tag = ID3(made(tmp_path, "mp3", music(4_800)))
        assert tag.version == (2, 4, 0)
        texts = {name: str(tag[name]) for name in ("TIT2", "TPE1", "TALB", "TLAN", "TXXX:LICENSE", "COMM::deu")}
        assert texts == {
            "TIT2": "Ruhe & Stille",
            "TPE1": "A. Ödön",
            "TALB": "mindful",
            "TLAN": "deu",
            "TXXX:LICENSE": "CC-BY-4.0",
            "COMM::deu": "A few seconds. Made with mindful.",
        }
        (toc,) = tag.getall("CTOC")
        assert toc.child_element_ids == ["ch1", "ch2", "ch3"]
        found = [tag[f"CHAP:{name}"] for name in toc.child_element_ids]
        assert [(c.start_time, c.end_time, str(c.sub_frames["TIT2"])) for c in found] == [
            (c.start_ms, c.end_ms, c.title) for c in CHAPTERS
        ]

    def test_wav(self, tmp_path: Path) -> None:
        data = made(tmp_path, "wav", music()).read_bytes()
        chunks = riff(data)
        assert [name for name, _ in chunks] == [b"fmt ", b"data", b"cue ", b"LIST", b"LIST"]
        assert len(chunks[1][1]) == 4 * FRAMES
        cue, adtl, info = (body for _, body in chunks[2:])
        (count,) = struct.unpack_from("<I", cue)
        points = [struct.unpack_from("<II4sIII", cue, 4 + 24 * k) for k in range(count)]
        assert points == [(k, 48 * c.start_ms, b"data", 0, 0, 48 * c.start_ms) for k, c in enumerate(CHAPTERS, 1)]
        labels = [(struct.unpack_from("<I", b)[0], b[4:-1].decode()) for _, b in _inner(adtl, b"adtl")]
        assert labels == [(k, c.title) for k, c in enumerate(CHAPTERS, 1)]
        assert {name: body[:-1].decode() for name, body in _inner(info, b"INFO")} == {
            b"INAM": "Ruhe & Stille",
            b"IART": "A. Ödön",
            b"IPRD": "mindful",
            b"ICMT": "A few seconds. Made with mindful.",
            b"ICOP": "CC-BY-4.0",
            b"ILNG": "de-AT",
        }
        read = soundfile.SoundFile(io.BytesIO(data)).copy_metadata()
        assert (read["title"], read["artist"]) == ("Ruhe & Stille", "A. Ödön")

    @pytest.mark.parametrize("kind", SOUNDS)
    def test_a_script_that_says_little_and_has_no_chapters(self, tmp_path: Path, kind: Kind) -> None:
        path = made(tmp_path, kind, music(4_800), Tags(title="A", language="tlh-x"))
        assert soundfile.info(path).frames == 4_800
        if kind in COMMENTED:
            assert set(comments(path)) == {"TITLE", "ALBUM", "DESCRIPTION", "COMMENT", "LANGUAGE"}
        if kind == "mp3":
            assert str(ID3(path)["TLAN"]) == "tlh"

    @pytest.mark.parametrize("kind", SOUNDS)
    def test_as_many_and_as_long_chapters_as_there_can_be(self, tmp_path: Path, kind: Kind) -> None:
        many = tuple(Chapter(k, k + 1, f"{k} " + "long " * 120) for k in range(MOST))
        path = made(tmp_path, kind, music(4_800), Tags(title="A", chapters=many))
        assert soundfile.info(path).frames == 4_800
        if kind in COMMENTED:
            found = comments(path)
            assert [found[f"CHAPTER{k + 1:03}NAME"] for k in range(MOST)] == [c.title for c in many]
        if kind == "mp3":
            assert len(ID3(path).getall("CHAP")) == len(ID3(path)["CTOC:toc"].child_element_ids) == MOST


def _inner(body: bytes, kind: bytes) -> list[tuple[bytes, bytes]]:
    assert body.startswith(kind)
    out, at = [], 4
    while at < len(body):
        name, size = struct.unpack_from("<4sI", body, at)
        out.append((name, body[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    return out


class TestPages:
    @pytest.mark.parametrize("kind", ["vorbis", "opus"])
    @pytest.mark.parametrize("chapters", [(), tuple(Chapter(k, k + 1, "long " * 90) for k in range(MOST))])
    def test_every_page_is_as_the_standard_wants_it(
        self, tmp_path: Path, kind: Kind, chapters: tuple[Chapter, ...]
    ) -> None:
        data = made(tmp_path, kind, music(), Tags(title="A", chapters=chapters)).read_bytes()
        pages = list(_pages(data))
        assert [p.number for p in pages] == list(range(len(pages)))
        assert len({p.serial for p in pages}) == 1
        assert [bool(p.flags & 2) for p in pages] == [True] + [False] * (len(pages) - 1)
        assert [bool(p.flags & 4) for p in pages] == [False] * (len(pages) - 1) + [True]
        for page, after in pairwise(pages):
            assert bool(after.flags & 1) == (page.lacing[-1] == 255), "continued where the packet goes on"
        ends = [p.granule for p in pages if p.granule >= 0]
        assert ends == sorted(ends)
        headers = next(k for k, p in enumerate(pages) if p.granule > 0)
        assert all(p.granule == (0 if min(p.lacing) < 255 else -1) for p in pages[:headers])
        if chapters:
            assert headers >= 3

    def test_the_checksum_is_that_of_the_standard(self) -> None:
        for page in (b"", b"OggS", bytes(range(256)) * 3):
            assert checksum(page) == _slow(page)


class _Page:
    def __init__(self, data: bytes) -> None:
        _, _, self.flags, self.granule, self.serial, self.number, crc, count = struct.unpack_from("<4sBBqIIIB", data)
        self.lacing = data[27 : 27 + count]
        assert crc == _slow(data[:22] + bytes(4) + data[26:])


def _pages(data: bytes) -> Any:
    at = 0
    while at < len(data):
        assert data[at : at + 5] == b"OggS\0"
        count = data[at + 26]
        size = 27 + count + sum(data[at + 27 : at + 27 + count])
        yield _Page(data[at : at + size])
        at += size
    assert at == len(data)


_TABLE = []
for _n in range(256):
    _r = _n << 24
    for _ in range(8):
        _r = (_r << 1 ^ (0x04C11DB7 if _r & 0x80000000 else 0)) & 0xFFFFFFFF
    _TABLE.append(_r)


def _slow(data: bytes) -> int:
    """The checksum of RFC 3533, a byte at a time."""
    crc = 0
    for byte in data:
        crc = (crc << 8 & 0xFFFFFFFF) ^ _TABLE[crc >> 24 ^ byte]
    return crc


class Full(io.BytesIO):
    """A disk with little room."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


class TestTrouble:
    @pytest.mark.parametrize("kind", SOUNDS)
    @pytest.mark.parametrize("room", [0, 100, 2_000, 20_000])
    def test_a_full_disk_is_raised_and_not_printed(
        self, kind: Kind, room: int, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(OSError, match="No space left"):
            write(Full(room), kind, music(10 * RATE))
        assert capfd.readouterr() == ("", "")

    def test_an_interrupt_within_an_encoder_comes_out(self, capfd: pytest.CaptureFixture[str]) -> None:
        class Interrupted(io.BytesIO):
            def write(self, data: Any) -> int:
                if self.tell() > 2_000:
                    raise KeyboardInterrupt
                return super().write(data)

        with pytest.raises(KeyboardInterrupt):
            write(Interrupted(), "vorbis", music())
        assert capfd.readouterr() == ("", "")

    def test_a_wav_knows_its_limits(self) -> None:
        with pytest.raises(ValueError, match="WAV"):
            Wav(io.BytesIO(), 7 * 3600 * RATE, TAGS)
        with pytest.raises(ValueError, match="not all frames"):
            Wav(io.BytesIO(), 10, TAGS).close()
