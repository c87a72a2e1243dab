"""Colours (RRGGBB) and type styles of the documents, documents.md §3.1."""

from inspector_app.reports.text import Style

INK = "1B2430"
MUTED = "566173"
HAIR = "C6CED8"
NAVY = "173F6B"
PALE = "EEF2F7"
TRACK = "E7ECF2"
FAIL = "A61B1B"
FAIL_TINT = "FBEFEE"
PASSED = "1E6B45"
NOT_APPLICABLE = "7B8696"
WARN = "8A5A00"
GROUND = "F1F3F6"
WATER = "F0F2F5"
WHITE = "FFFFFF"
BLACK = "000000"

TITLE = Style(25, 32, "serif", NAVY, 1.2)
SUBTITLE = Style(11.5, 16, "medium", INK)
ISSUER = Style(9.2, 13, "regular", MUTED)
SECTION = Style(13, 18, "bold", NAVY)
BODY = Style(9.6, 16, "regular", INK)
CELL = Style(8.8, 12.8, "regular", INK)
CELL_BOLD = Style(8.8, 12.8, "bold", INK)
CELL_MUTED = Style(8.8, 12.8, "regular", MUTED)
HEAD = Style(8.4, 12, "bold", NAVY)
VALUE = Style(9.6, 13.5, "medium", INK)
LABEL = Style(7.6, 11, "regular", MUTED)
LABEL_BOLD = Style(7.6, 11, "bold", INK)
CAPTION = Style(7.8, 11, "regular", MUTED)
FIGURE = Style(18, 22, "bold", INK)
UNIT = Style(8, 11, "regular", MUTED)
CODE = Style(9.4, 13.5, "mono", INK)
DIGEST = Style(6.9, 10, "mono", INK)
