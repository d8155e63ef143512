# SPDX-License-Identifier: EUPL-1.2
"""The typeface of the design system, in the parts its maker cut: a browser fetches only those a page needs.

The design system ships whole fonts of 57 to 79 kB a weight, three of them on every page. IBM publishes the
same fonts in parts by script; the Latin part is 21 kB. (The licence reserves the name, so parts cut by
ourselves could not keep it.)
"""

import re

PACKAGE = "@ibm/plex-sans"
PLACE = "plex"
"""Folder of the fonts under static/vendor."""

# As the design system's style sheet has them; a browser slants the rest itself.
_WEIGHTS = (
    ("Regular", 400, "normal"),
    ("Italic", 400, "italic"),
    ("Medium", 500, "normal"),
    ("SemiBold", 600, "normal"),
    ("Bold", 700, "normal"),
)
# Which characters stand in which part, as in the package's own style sheet - but for the subscript two of
# CO2, which lies in "Pi" and is named nowhere there.
_PARTS = {
    "Latin1": "U+0020-007E, U+00A0-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2013-2014,"
    " U+2018-201A, U+201C-201E, U+2020-2022, U+2026, U+2030, U+2039-203A, U+2044, U+2074, U+20AC,"
    " U+2122, U+2212",
    "Latin2": "U+0100-0130, U+0132-0151, U+0154-024F, U+0259, U+1E00-1E9F",
    "Pi": "U+2032-2033, U+2070, U+2075-2089, U+2113, U+2150-215E, U+2190-2199, U+2202-222B, U+2248,"
    " U+2260-2265, U+25CA, U+2713",
}
MAIN = f"{PLACE}/IBMPlexSans-Regular-Latin1.woff2"
"""The part every page shows first."""

_FACE = re.compile(r"@font-face\{[^}]*IBM Plex Sans[^}]*\}")


def list_fonts() -> list[str]:
    """List the files of the parts that pages may ask for."""
    return [f"IBMPlexSans-{weight}-{part}.woff2" for weight, _, _ in _WEIGHTS for part in _PARTS]


def give_fonts(style: str) -> str:
    """Put the parts in the place of the whole fonts in the design system's style sheet.

    Parameters
    ----------
    style
        The style sheet, minified, which lies two folders below static/vendor.

    Raises
    ------
    ValueError
        It declares no font where it should: another edition of the design system.
    """
    faces = "".join(
        "@font-face{font-family:IBM Plex Sans;font-display:swap;"
        f"font-style:{slant};font-weight:{weight};"
        f'src:url(../../{PLACE}/IBMPlexSans-{name}-{part}.woff2) format("woff2");'
        f"unicode-range:{characters.replace(' ', '')}}}"
        for name, weight, slant in _WEIGHTS
        for part, characters in _PARTS.items()
    )
    bare, count = _FACE.subn("", style)
    if count == 0:
        raise ValueError("the design system's style sheet declares no font IBM Plex Sans")
    return faces + bare
