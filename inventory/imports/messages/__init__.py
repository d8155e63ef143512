# SPDX-License-Identifier: EUPL-1.2
"""What an import says: one message per code, in Danish and English, each with how to mend it."""

from inventory.imports.messages.building import BUILDING_MESSAGES
from inventory.imports.messages.cell import CELL_MESSAGES
from inventory.imports.messages.demolition import DEMOLITION_MESSAGES
from inventory.imports.messages.file import FILE_MESSAGES
from inventory.imports.messages.lot import LOT_MESSAGES
from inventory.imports.messages.message import Message, Severity
from inventory.imports.messages.model import MODEL_MESSAGES
from inventory.imports.messages.place import PLACE_MESSAGES

MESSAGES: dict[str, Message] = {
    **FILE_MESSAGES,
    **CELL_MESSAGES,
    **PLACE_MESSAGES,
    **BUILDING_MESSAGES,
    **LOT_MESSAGES,
    **DEMOLITION_MESSAGES,
    **MODEL_MESSAGES,
}

__all__ = ["MESSAGES", "Message", "Severity"]
