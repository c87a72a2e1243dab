"""What the program is made of, for the licences panel; pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A part that ships with the window, its licence, and the file that holds its text ('' = none bundled)."""

    name: str
    licence: str
    file: str = ""


PARTS = (
    Part("Daowei", "Apache-2.0"),
    Part("Qt / PySide6", "LGPL-3.0"),
    Part("Noto Sans / Serif CJK, Noto Sans Mono", "SIL OFL-1.1", "fonts/OFL.txt"),
    Part("Lucide", "ISC, MIT", "icons/LICENSE"),
    Part("SQLCipher", "BSD-3-Clause"),
    Part("SQLAlchemy", "MIT"),
    Part("cryptography", "Apache-2.0 / BSD-3-Clause"),
    Part("pyxform", "BSD-2-Clause"),
    Part("lxml", "BSD-3-Clause"),
    Part("Pillow", "MIT-CMU"),
    Part("pi-heif", "BSD-3-Clause / LGPL-3.0"),
    Part("ReportLab", "BSD-3-Clause"),
    Part("pikepdf", "MPL-2.0"),
    Part("openpyxl", "MIT"),
)
"""Licences as the packages declare them."""
