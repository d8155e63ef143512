# SPDX-License-Identifier: EUPL-1.2
"""Files are judged by their bytes, kept once, and photos lose all but the picture."""

import io
import zlib
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from inventory.files.errors import (
    FileBrokenError,
    FileEmptyError,
    FileFolderError,
    FileGoneError,
    FileRefusedError,
    FileTooLargeError,
    FileTypeRefusedError,
    TooManyPixelsError,
)
from inventory.files.intake import MOST_BYTES, keep_file
from inventory.files.photo import clean_photo
from inventory.files.store import FileStore, find_store
from inventory.settings import Settings

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """An empty store."""
    return FileStore(folder=tmp_path / "files")


def draw_tagged_wrongly() -> bytes:
    """Draw a JPEG that lies on its side, with a width that is a fraction where its tags must be whole."""
    width = (256).to_bytes(2, "little") + b"\x05\0\x01\0\0\0" + (38).to_bytes(4, "little")
    turned = (274).to_bytes(2, "little") + b"\x03\0\x01\0\0\0\x06\0\0\0"
    tags = b"II*\0\x08\0\0\0\x02\0" + width + turned + bytes(4) + b"\x01\0\0\0\x02\0\0\0"
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30)).save(buffer, "JPEG", exif=b"Exif\0\0" + tags)
    return buffer.getvalue()


def draw(
    *, size: tuple[int, int] = (400, 300), kind: str = "JPEG", mode: str = "RGB", exif: bool = False
) -> bytes:
    """Draw a picture whose upper half is red, with a position in its Exif where asked for."""
    image = Image.new(mode, size, (0, 0, 255, 255)[: len(mode)])
    image.paste((255, 0, 0, 255)[: len(mode)], (0, 0, size[0], size[1] // 2))
    tags = Image.Exif()
    if exif:
        tags[ExifTags.Base.Make] = "Telefon"
        tags[ExifTags.Base.Orientation] = 6  # lies on its side: turn by a quarter
        tags.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (56.0, 9.0, 25.0)
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=tags)
    return buffer.getvalue()


def test_photo_loses_position_and_stands_upright(store: FileStore) -> None:
    """What is kept has no Exif at all, and is turned as the telephone was held."""
    sent = draw(exif=True)
    assert b"Telefon" in sent
    kept = keep_file(store, content=sent, name="x.jpg")
    with Image.open(store.find(kept.content_hash)) as image:
        assert not image.getexif()
        assert image.size == (300, 400) == (kept.width, kept.height)
        red, _green, blue = image.getpixel((290, 200))  # type: ignore[misc]
        assert red > 200
        assert blue < 60  # the upper half went to the right
    assert b"Telefon" not in store.read(kept.content_hash)


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB")])
def test_every_kind_of_photo_becomes_jpeg_with_a_thumbnail(store: FileStore, kind: str, mode: str) -> None:
    """A large photo is made smaller; its thumbnail is small."""
    kept = keep_file(store, content=draw(size=(4000, 1000), kind=kind, mode=mode), name="no matter what.exe")
    assert (kept.media_type, kept.width, kept.height) == ("image/jpeg", 2560, 640)
    assert kept.thumbnail_hash is not None
    with Image.open(store.find(kept.thumbnail_hash)) as image:
        assert (image.format, image.size) == ("JPEG", (480, 120))


def test_pdf_is_kept_as_it_is(store: FileStore) -> None:
    """A document comes back byte by byte, and the same again takes no more room."""
    kept = keep_file(store, content=PDF, name="photo.jpg")
    assert (kept.media_type, kept.thumbnail_hash) == ("application/pdf", None)
    assert store.read(kept.content_hash) == PDF
    assert keep_file(store, content=PDF, name="again.pdf") == kept
    assert len([path for path in store.folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", FileEmptyError),
        (b"MZ\x90\x00" + bytes(100), FileTypeRefusedError),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileTypeRefusedError),
        (b"<html><script>alert(1)</script>", FileTypeRefusedError),
        (b"RIFF\x00\x00\x00\x00WAVE", FileTypeRefusedError),
        (b"\xff\xd8\xff" + bytes(50), FileTypeRefusedError),
        (draw(size=(900, 900))[:2000], FileBrokenError),
        (draw(size=(900, 900), kind="PNG")[:700], FileBrokenError),
        (draw_tagged_wrongly(), FileBrokenError),
        (PDF[:20], FileBrokenError),
        (PDF + bytes(MOST_BYTES), FileTooLargeError),
    ],
    ids=["empty", "exe", "svg", "html", "wav", "head", "half", "png_half", "tags", "pdf_half", "large"],
)
def test_what_is_wrong_is_refused_whatever_its_name(
    store: FileStore, content: bytes, error: type[FileRefusedError]
) -> None:
    """Each is refused with its own error, and nothing is kept."""
    with pytest.raises(error, match=r"photo\.jpg"):
        keep_file(store, content=content, name="photo.jpg")
    assert not store.folder.exists()


@pytest.mark.parametrize("size", [(10_000, 10_000), (9_000, 7_500), (40_000, 30_000)])
def test_photo_of_too_many_pixels_is_refused(size: tuple[int, int]) -> None:
    """100 megapixels are refused from the header alone, though the file itself is small."""
    buffer = io.BytesIO()
    Image.new("1", (8, 8)).save(buffer, "PNG")
    small = bytearray(buffer.getvalue())
    small[16:24] = size[0].to_bytes(4) + size[1].to_bytes(4)  # a header that says more than there is
    small[29:33] = zlib.crc32(small[12:29]).to_bytes(4)
    with pytest.raises(TooManyPixelsError):
        clean_photo(bytes(small), name="huge.png")


def test_no_name_leads_out_of_the_folder(store: FileStore) -> None:
    """Only a SHA-256 is a name; what is not there is said to be gone."""
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.read("../../etc/passwd")
    with pytest.raises(FileGoneError):
        store.read("0" * 64)


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file where the folder should be is an error that names the setting."""
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(FileFolderError, match="GENBRO_FILES"):
        FileStore(folder=tmp_path / "files").add(b"x")


def test_folder_is_the_settings_or_beside_the_data(tmp_path: Path) -> None:
    """GENBRO_FILES decides; else the folder lies in the home."""
    assert find_store(Settings(files=tmp_path / "a", home=tmp_path)).folder == tmp_path / "a"
    assert find_store(Settings(home=tmp_path)).folder == tmp_path / "files"


@pytest.mark.filterwarnings("ignore:Corrupt EXIF:UserWarning", "ignore:Tag data:UserWarning")
def test_a_photo_whose_exif_cannot_be_written_is_refused() -> None:
    """A small WebP whose Exif has a tag of the wrong type is called broken, in words."""
    content = bytes.fromhex(
        "52494646aa00000057454250565038580a000000080000002700001d00005650382028000000f002009d012a28"
        "001e003e6d369748a4232221256800800d8969000029436df000fefb9cc0000000455849465c0000004d4d002a"
        "00000008000201120003000000010006000088250004000000010000002600000000004f00010002000000024e"
        "000000000200050000000300000044000000000000008c0000000100000002000000010000000300000001"
    )
    with pytest.raises(FileBrokenError):
        clean_photo(content, name="odd.webp")
