# SPDX-License-Identifier: EUPL-1.2
"""Photos made safe to show: turned upright, made smaller, and rid of everything but the picture."""

import io
import struct
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from inventory.files.errors import FileBrokenError, FileTypeRefusedError, TooManyPixelsError

MOST_PIXELS = 64_000_000
"""More than the telephones of today take (48 million), and still little memory to read."""

LONGEST_SIDE = 2560
THUMBNAIL_SIDE = 480
_FORMATS = ("JPEG", "PNG", "WEBP")
# What Pillow and its readers of formats raise for broken files.
_BROKEN = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, SyntaxError, TypeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip
_QUALITY = 86


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo as it is kept, and its thumbnail: JPEG both, with its size in pixels."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int


def clean_photo(content: bytes, *, name: str) -> Photo:
    """Draw a photo again, so that nothing is left of where and with what it was taken.

    Telephones write the position into the file (Exif), which would give away a private address.

    Parameters
    ----------
    content
        A JPEG, PNG or WebP, told by its bytes.
    name
        What to call it in an error.

    Raises
    ------
    FileTypeRefusedError
        It is none of the three.
    TooManyPixelsError
        It has more than `MOST_PIXELS`: said from its header, before a pixel is read.
    FileBrokenError
        It is cut off or broken.
    """
    try:
        image: Image.Image = Image.open(io.BytesIO(content), formats=_FORMATS)
        pixels = image.width * image.height
        if pixels > MOST_PIXELS:
            raise _too_many(name, pixels)
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        image = _flatten(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixelsError(name=name, megapixels="> 89", most=MOST_PIXELS // 1_000_000) from error
    except UnidentifiedImageError as error:
        raise FileTypeRefusedError(name=name) from error
    except _BROKEN as error:
        raise FileBrokenError(name=name) from error
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Photo(content=_write(image), thumbnail=_write(small), width=image.width, height=image.height)


def _too_many(name: str, pixels: int) -> TooManyPixelsError:
    return TooManyPixelsError(name=name, megapixels=round(pixels / 1_000_000), most=MOST_PIXELS // 1_000_000)


def _flatten(image: Image.Image) -> Image.Image:
    """Lay a photo on white, without palette, transparency or anything beside the pixels."""
    plain = Image.new("RGB", image.size, "white")
    layered = image.convert("RGBA") if image.mode in {"P", "PA", "LA", "RGBA"} else image.convert("RGB")
    plain.paste(layered, mask=layered.getchannel("A") if layered.mode == "RGBA" else None)
    return plain


def _write(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()
