# SPDX-License-Identifier: EUPL-1.2
"""Why a file or a record was not taken, in the language of the page."""

from flask_babel import gettext

from inventory.errors import GenbroError
from inventory.files.errors import (
    FileBrokenError,
    FileEmptyError,
    FileTooLargeError,
    FileTypeRefusedError,
    TooManyPixelsError,
)


def say_refusal(error: GenbroError) -> str:
    """Say in the language of the page why a file was not taken; another error says it in its own words."""
    told: dict[type[GenbroError], str] = {
        FileEmptyError: gettext("The file is empty. Choose it again."),
        FileTooLargeError: gettext("The file is too large: at most 20 MB. Make it smaller first."),
        FileTypeRefusedError: gettext("The file is neither a PDF nor a photo (JPEG, PNG, WebP)."),
        FileBrokenError: gettext("The file is broken or cut off. Save it again and try once more."),
        TooManyPixelsError: gettext(
            "The photo has %(megapixels)s megapixels; at most %(most)s are taken. Make it smaller first.",
            megapixels=error.details.get("megapixels"),
            most=error.details.get("most"),
        ),
    }
    return told.get(type(error), str(error))
