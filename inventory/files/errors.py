# SPDX-License-Identifier: EUPL-1.2
"""Why a file is not taken."""

from inventory.errors import BadInputError, StateError


class FileRefusedError(BadInputError):
    """The file {name} is not taken."""


class FileEmptyError(FileRefusedError):
    """The file {name} is empty. Choose it again."""


class FileTooLargeError(FileRefusedError):
    """The file {name} is {megabytes} MB; at most {most} MB are taken. Make it smaller first."""


class TooManyPixelsError(FileRefusedError):
    """The photo {name} has {megapixels} megapixels; at most {most} are taken. Make it smaller first."""


class FileTypeRefusedError(FileRefusedError):
    """The file {name} is neither a photo (JPEG, PNG, WebP) nor a PDF, whatever it is called."""


class FileBrokenError(FileRefusedError):
    """The file {name} is broken or cut off, and cannot be read to its end."""


class FileGoneError(StateError):
    """The file {content_hash} is not in the folder of files any more: restore it from a back-up."""


class FileFolderError(StateError):
    """Cannot keep files in {folder}: {why}. Set GENBRO_FILES to a folder that can be written to."""
