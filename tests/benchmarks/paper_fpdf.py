"""The report of the bench with fpdf2's own cells and tables; imported by `paper_peers` in the peers' environment."""

from typing import Any

from fpdf import FPDF, FontFace


def _faces(content: dict[str, Any]) -> list[str]:
    return [f"{content['fonts']}/{name}.ttf" for name in ("NotoSansSC-Regular", "NotoSansSC-Bold", "NotoSerifSC-Bold")]


def _strokes(content: dict[str, Any]) -> list[tuple[int, int, int]]:
    from paper_peers import strokes

    return strokes(content)


def paper(content: dict[str, Any]) -> Any:
    """The whole document, not yet written."""

    class Paper(FPDF):
        def header(self) -> None:
            self.set_font("R", size=8)
            self.cell(0, 5, content["header"], new_x="LMARGIN", new_y="NEXT")
            self.ln(4)

        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("R", size=7.6)
            self.cell(0, 5, content["footer"])
            self.cell(0, 5, f"共 {{nb}} 頁 第 {self.page_no()} 頁", align="R")

        def write_text(self, text: str, font: str = "R", size: float = 9.2, height: float = 5.0) -> None:
            self.set_font(font, size=size)
            self.multi_cell(0, height, text, new_x="LMARGIN", new_y="NEXT")

    pdf, names = Paper(), content["sections"]
    for family, file in zip("RBS", _faces(content), strict=True):
        pdf.add_font(family, fname=file)
    pdf.set_margins(20, 15, 18)
    pdf.set_auto_page_break(True, 20)
    _front(pdf, content)
    _cards(pdf, content)
    _rows(pdf, content)
    pdf.write_text(names["photos"], "B", 13, 8)
    for i in range(0, len(content["photos"]), 3):
        _shots(pdf, content["photos"][i : i + 3], stamp=True)
    pdf.write_text(names["closing"], "B", 13, 8)
    for text in content["closing"]:
        pdf.write_text(text)
    for label, name in content["signers"]:
        pdf.write_text(f"{label} {name} {content['date']}")
    pdf.write_text(f"SHA-256 {content['digest']}")
    return pdf


def _front(pdf: Any, content: dict[str, Any]) -> None:
    pdf.add_page()
    unit = 25 / len(content["qr"])
    for at, row, run in _strokes(content):
        pdf.rect(165 + at * unit, 25 + row * unit, run * unit, unit + 0.02, style="F")
    pdf.write_text(content["issuer"])
    pdf.write_text(content["title"], "S", 25, 12)
    pdf.write_text(content["number"])
    pdf.write_text("　".join(f"{k} {v}" for k, v in content["strip"]), "B")
    pdf.set_font("R", size=9.2)
    lines = {"borders_layout": "HORIZONTAL_LINES", "line_height": 5, "first_row_as_headings": False}
    with pdf.table(col_widths=(32, 140), **lines) as table:
        for pair in content["facts"]:
            table.row(pair)
    pdf.write_text(content["sections"]["scores"], "B", 13, 8)
    pdf.set_fill_color(23, 63, 107)
    for name, share, counts in content["bars"]:
        pdf.rect(60, pdf.get_y(), share * 60, 4.6, style="F")
        pdf.write_text(f"{name}{'　' * 25}{share:.1%} {counts}", height=6)
    pdf.write_text(content["sections"]["summary"], "B", 13, 8)
    for text in content["summary"]:
        pdf.write_text(text)


def _cards(pdf: Any, content: dict[str, Any]) -> None:
    pdf.add_page()
    pdf.write_text(content["sections"]["cards"], "B", 13, 8)
    for card in content["cards"]:
        if pdf.will_page_break(70):
            pdf.add_page()
        pdf.write_text(card["title"], "B")
        for label, text in card["texts"]:
            pdf.write_text(f"{label} {text}")
        pdf.write_text(card["meta"])
        _shots(pdf, [content["photos"][n - 1] for n in card["photos"]], stamp=False)


def _rows(pdf: Any, content: dict[str, Any]) -> None:
    pdf.write_text(content["sections"]["checklist"], "B", 13, 8)
    pdf.set_font("R", size=8.8)
    bold = FontFace(family="B", emphasis="", fill_color=(251, 239, 238))
    group_face = FontFace(family="B", emphasis="", fill_color=(238, 242, 247))
    lines = {"borders_layout": "HORIZONTAL_LINES", "line_height": 4.5, "text_align": "LEFT"}
    with pdf.table(col_widths=(15, 78, 22, 57), headings_style=FontFace(family="B", emphasis=""), **lines) as table:
        table.row(content["heads"])
        for group in content["groups"]:
            table.row().cell(group["name"], colspan=4, style=group_face)
            for row in group["rows"]:
                table.row(row[:4], style=bold if row[4] else None)


def _shots(pdf: Any, shots: list[dict[str, Any]], *, stamp: bool) -> None:
    if shots and pdf.will_page_break(56):
        pdf.add_page()
    y = pdf.get_y()
    for i, shot in enumerate(shots):
        pdf.image(shot["file"], x=20 + i * 57, y=y, w=54)
        pdf.set_xy(20 + i * 57, y + 41)
        pdf.set_font("R", size=7.8)
        pdf.multi_cell(54, 4, f"{shot['caption']} {shot['stamp'] if stamp else ''}")
    if shots:
        pdf.set_xy(20, y + 56)
