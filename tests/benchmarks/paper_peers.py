"""The report of the bench set by other engines; run alone, `paper_peers.py ENGINE content.json out.pdf`, where they live."""

import html
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Content = dict[str, Any]
FACES = {"regular": "NotoSansSC-Regular", "bold": "NotoSansSC-Bold", "serif": "NotoSerifSC-Bold"}
_CSS = """
@page { size: A4; margin: 24mm 18mm 20mm 20mm;
  @top-left { content: "%(header)s"; font: 8pt R } @bottom-left { content: "%(footer)s"; font: 7.6pt R }
  @bottom-right { content: "共 " counter(pages) " 頁　第 " counter(page) " 頁"; font: 8.2pt B } }
body { font: 9.2pt/14pt R; text-align: justify } b, h2, th { font-family: B; font-weight: normal }
h1 { font: 25pt S; margin: 0 } h2 { font-size: 13pt; border-bottom: 1pt solid #173f6b; break-after: avoid }
table { border-collapse: collapse; width: 100%%; table-layout: fixed } th { text-align: left }
td { border-bottom: .5pt solid #c6ced8; padding: 3.4pt 4pt; vertical-align: top; font-size: 8.8pt; line-height: 12.8pt }
tr, .card, .shots, .signs { break-inside: avoid } tr.fail { background: #fbefee; font-family: B }
tr.group td { background: #eef2f7; font-family: B } .bar i { display: inline-block; height: 4.6mm; background: #173f6b }
.card { border: .6pt solid #c6ced8; border-left: 3.2pt solid #a61b1b; padding: 9pt; margin: 10pt 0 }
.shots, .signs { display: flex; gap: 4mm; margin-top: 5pt } .shots div { width: 54mm; font-size: 7.8pt; line-height: 11pt }
.shots img { width: 54mm } .signs div { width: 54mm; height: 36mm; border: .7pt solid #c6ced8; padding: 4pt }
"""


def faces(content: Content) -> dict[str, str]:
    """Files of the typefaces."""
    return {key: f"{content['fonts']}/{name}.ttf" for key, name in FACES.items()}


def strokes(content: Content) -> list[tuple[int, int, int]]:
    """Dark runs of the QR code: column, row, length."""
    found = []
    for y, row in enumerate(content["qr"]):
        x = 0
        for run in row.replace("01", "0 1").replace("10", "1 0").split():
            if run[0] == "1":
                found.append((x, y, len(run)))
            x += len(run)
    return found


def _shots(content: Content, numbers: list[int]) -> list[dict[str, Any]]:
    return [content["photos"][number - 1] for number in numbers]


# --- WeasyPrint -------------------------------------------------------------------------------------------------------


def weasyprint(content: Content) -> Callable[[str], object]:
    """HTML with CSS; the stylesheet embeds the same faces."""
    from weasyprint import HTML

    page = _html(content)
    return lambda out: HTML(string=page, base_url="/").write_pdf(out)


def weasyprint_plain(content: Content) -> Callable[[str], object]:
    """The same where the system has no HarfBuzz to cut typefaces with: fontTools cuts them."""
    from weasyprint.pdf import fonts

    fonts.harfbuzz_subset = None
    return weasyprint(content)


def _html(content: Content) -> str:
    e, heads, names = html.escape, content["heads"], content["sections"]
    fonts = "".join(
        f"@font-face {{ font-family: {family}; src: url(file://{file}) }}"
        for family, file in zip("RBS", faces(content).values(), strict=True)
    )
    size = len(content["qr"])
    rects = "".join(f'<rect x="{x}" y="{y}" width="{n}" height="1.05"/>' for x, y, n in strokes(content))
    code = f'<svg width="25mm" height="25mm" viewBox="0 0 {size} {size}">{rects}</svg>'
    out = [f"<style>{fonts}{_CSS % {key: e(content[key]) for key in ('header', 'footer')}}</style><body>"]
    out.append(f"<div style='float:right'>{code}</div>{e(content['issuer'])}<h1>{e(content['title'])}</h1>")
    out.append(f"<p>{e(content['number'])}<p>{'　'.join(f'{e(k)} <b>{v}</b>' for k, v in content['strip'])}<table>")
    out += [f"<tr><td width=90>{e(k)}<td>{e(v)}" for k, v in content["facts"]]
    out.append(f"</table><h2>{e(names['scores'])}</h2>")
    out += [
        f"<div class=bar>{e(name)} <i style='width:{share * 60:.1f}mm'></i> <b>{share:.1%}</b> {e(counts)}</div>"
        for name, share, counts in content["bars"]
    ]
    out.append(f"<h2>{e(names['summary'])}</h2>" + "".join(f"<p>{e(text)}" for text in content["summary"]))
    out.append(f"<h2 style='break-before:page'>{e(names['cards'])}</h2>")
    for card in content["cards"]:
        out.append(f"<div class=card><b>{e(card['title'])}</b>")
        out += [f"<div><b>{e(label)}</b> {e(text)}</div>" for label, text in card["texts"]]
        out.append(f"{e(card['meta'])}{_figures(_shots(content, card['photos']), stamp=False)}</div>")
    columns = "".join(f"<col style='width:{mm}mm'>" for mm in (15, 78, 22, 57))
    out.append(f"<h2>{e(names['checklist'])}</h2><table>{columns}<thead><tr>")
    out += [f"<th>{e(head)}" for head in heads]
    out.append("</thead>")
    for group in content["groups"]:
        out.append(f"<tr class=group><td colspan=4>{e(group['name'])}")
        for row in group["rows"]:
            out.append(f"<tr{' class=fail' if row[4] else ''}>" + "".join(f"<td>{e(text)}" for text in row[:4]))
    out.append(f"</table><h2>{e(names['photos'])}</h2>")
    photos = content["photos"]
    out += [_figures(photos[i : i + 3], stamp=True) for i in range(0, len(photos), 3)]
    out.append(f"<h2>{e(names['closing'])}</h2>" + "".join(f"<p>{e(text)}" for text in content["closing"]))
    boxes = "".join(f"<div>{e(k)}<br>{e(name)}<br>{e(content['date'])}</div>" for k, name in content["signers"])
    return "".join([*out, f"<div class=signs>{boxes}</div>{code} SHA-256 {content['digest']}"])


def _figures(shots: list[dict[str, Any]], *, stamp: bool) -> str:
    e = html.escape
    rows = (
        f"<div><img src='file://{s['file']}'>{e(s['caption'])} {e(s['stamp']) if stamp else ''}</div>" for s in shots
    )
    return f"<div class=shots>{''.join(rows)}</div>" if shots else ""


# --- typst ------------------------------------------------------------------------------------------------------------


def typst(content: Content) -> Callable[[str], object]:
    """A document in typst's own language, compiled once: cold."""
    import typst as engine

    folder = Path(content["photos"][0]["file"]).parent
    source = folder / "paper.typ"
    source.write_text(_typ(content), "utf-8")

    def build(out: str) -> object:
        return engine.compile(
            str(source), output=out, root=str(folder), font_paths=[content["fonts"]], ignore_system_fonts=True
        )

    return build


def _t(text: str) -> str:
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typ(content: Content) -> str:
    names = content["sections"]
    out = [
        '#set page(paper: "a4", margin: (left: 20mm, right: 18mm, top: 24mm, bottom: 20mm), '
        f"header: [#set text(8pt); {_t(content['header'])}], footer: context [#set text(7.6pt); {_t(content['footer'])} "
        "#h(1fr) 共 #counter(page).final().first() 頁　第 #counter(page).display() 頁])",
        '#set text(font: "Noto Sans SC", size: 9.2pt, lang: "zh")\n#set par(justify: true)',
        "#show heading: set text(13pt)\n#set table(stroke: (bottom: .5pt + luma(200)))",
        f"#place(top + right, {_typ_code(content)})",
        f'{_t(content["issuer"])}\n\n#text(25pt, font: "Noto Serif SC", weight: 700)[{_t(content["title"])}]\n',
        f"{_t(content['number'])}\n\n" + "　".join(f"{_t(k)} *{v}*" for k, v in content["strip"]),
        "#table(columns: (90pt, 1fr), " + ", ".join(f"[{_t(k)}], [{_t(v)}]" for k, v in content["facts"]) + ")",
        f"= {_t(names['scores'])}",
    ]
    for name, share, counts in content["bars"]:
        bar = f'#box(rect(width: {share * 60:.1f}mm, height: 4.6mm, fill: rgb("173f6b")))'
        out.append(f"{_t(name)} {bar} *{share:.1%}* {_t(counts)}\n")
    out.append(f"= {_t(names['summary'])}\n" + "\n\n".join(_t(text) for text in content["summary"]))
    out.append(f"#pagebreak()\n= {_t(names['cards'])}")
    for card in content["cards"]:
        texts = "\n\n".join(f"*{_t(label)}* {_t(text)}" for label, text in card["texts"])
        shots = _typ_shots(_shots(content, card["photos"]), stamp=False)
        body = f"*{_t(card['title'])}*\n\n{texts}\n\n{_t(card['meta'])}\n\n{shots}"
        out.append(f"#block(breakable: false, width: 100%, inset: 9pt, stroke: .6pt + luma(200))[{body}]")
    head = "table.header(" + ", ".join(f"[*{_t(text)}*]" for text in content["heads"]) + ")"
    cells = [head]
    for group in content["groups"]:
        cells.append(f'table.cell(colspan: 4, fill: rgb("eef2f7"))[*{_t(group["name"])}*]')
        for row in group["rows"]:
            fill = 'fill: rgb("fbefee")' if row[4] else "fill: none"
            cells += [f"table.cell({fill})[{f'*{_t(text)}*' if row[4] else _t(text)}]" for text in row[:4]]
    out.append(f"= {_t(names['checklist'])}\n#table(columns: (15mm, 78mm, 22mm, 57mm), {', '.join(cells)})")
    out.append(f"= {_t(names['photos'])}")
    photos = content["photos"]
    out += [_typ_shots(photos[i : i + 3], stamp=True) for i in range(0, len(photos), 3)]
    out.append(f"= {_t(names['closing'])}\n" + "\n\n".join(_t(text) for text in content["closing"]))
    signs = ", ".join(f"[{_t(k)}\n\n{_t(name)}\n\n{_t(content['date'])}]" for k, name in content["signers"])
    out.append(f"#table(columns: (1fr, 1fr, 1fr), rows: 36mm, stroke: .7pt, {signs})")
    return "\n".join([*out, f"#{_typ_code(content)} SHA-256 {_t(content['digest'])}"])


def _typ_code(content: Content) -> str:
    unit = 25 / len(content["qr"])
    dark = ", ".join(f"({x}, {y}, {n})" for x, y, n in strokes(content))
    rect = f"rect(width: n * {unit:.4f}mm, height: {unit + 0.02:.4f}mm, fill: black, stroke: none)"
    marks = f"for (x, y, n) in ({dark}) {{ place(dx: x * {unit:.4f}mm, dy: y * {unit:.4f}mm, {rect}) }}"
    return f"box(width: 25mm, height: 25mm, {{ {marks} }})"


def _typ_shots(shots: list[dict[str, Any]], *, stamp: bool) -> str:
    cells = [
        f'[#image("{Path(s["file"]).name}", width: 100%)\n#text(7.8pt)[{_t(s["caption"])} {_t(s["stamp"]) if stamp else ""}]]'
        for s in shots
    ]
    return f"#grid(columns: (1fr, 1fr, 1fr), gutter: 4mm, {', '.join(cells)})\n" if shots else ""


# --- fpdf2 ------------------------------------------------------------------------------------------------------------


def fpdf2(content: Content) -> Callable[[str], object]:
    """fpdf2's own tables and cells."""
    from paper_fpdf import paper

    return lambda out: paper(content).output(out)


# --- ReportLab platypus -----------------------------------------------------------------------------------------------


def platypus(content: Content) -> Callable[[str], object]:
    """Stock flowables, tuned: no ASCII-85, its accelerator, photographs by path, plain strings where nothing wraps."""
    from reportlab import rl_config

    rl_config.useA85 = 0
    return _platypus(content)


def platypus_stock(content: Content) -> Callable[[str], object]:
    """The same with ReportLab's own settings."""
    return _platypus(content)


def _platypus(content: Content) -> Callable[[str], object]:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.platypus import SimpleDocTemplate

    for family, file in zip("RBS", faces(content).values(), strict=True):
        pdfmetrics.registerFont(ttfonts.TTFont(family, file))
        pdfmetrics.registerFontFamily(family, family, family, family, family)

    def build(out: str) -> object:
        document = SimpleDocTemplate(
            out, pagesize=A4, leftMargin=56, rightMargin=51, topMargin=68, bottomMargin=57, pageCompression=1
        )
        return document.build(_story(content), canvasmaker=_numbered(content))

    return build


def _story(content: Content) -> list[Any]:
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Image, KeepTogether, PageBreak, Paragraph, Spacer, Table

    names = content["sections"]
    body = ParagraphStyle("body", fontName="R", fontSize=8.8, leading=12.8, wordWrap="CJK")
    strong = ParagraphStyle("strong", parent=body, fontName="B")
    heading = ParagraphStyle("heading", parent=strong, fontSize=13, leading=18, keepWithNext=1)
    title = ParagraphStyle("title", parent=body, fontName="S", fontSize=25, leading=34)
    line: list[Any] = [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    line += [("FONT", (0, 0), (-1, -1), "R", 8.8, 12.8)]

    def code() -> Any:
        drawing, unit = Drawing(71, 71), 71 / len(content["qr"])
        for x, y, n in strokes(content):
            drawing.add(
                Rect(x * unit, 71 - (y + 1) * unit, n * unit, unit + 0.05, strokeWidth=0, fillColor=colors.black)
            )
        return drawing

    def shots(found: list[dict[str, Any]], *, stamp: bool) -> list[Any]:
        cells = [
            [Image(s["file"], 153, 115), Paragraph(f"{s['caption']} {s['stamp'] if stamp else ''}", body)]
            for s in found
        ]
        return (
            [Table([cells + [""] * (3 - len(cells))], [162] * 3, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])]
            if found
            else []
        )

    story: list[Any] = [code(), Paragraph(content["issuer"], body), Paragraph(content["title"], title)]
    story += [Paragraph(content["number"], body), Paragraph("　".join(f"{k} {v}" for k, v in content["strip"]), strong)]
    story.append(Table([[key, Paragraph(value, body)] for key, value in content["facts"]], [90, 398], style=line))
    story.append(Paragraph(names["scores"], heading))
    for name, share, counts in content["bars"]:
        bar = Drawing(180, 14)
        bar.add(Rect(0, 0, share * 170, 13, strokeWidth=0, fillColor=colors.HexColor(0x173F6B)))
        story.append(Table([[name, bar, f"{share:.1%} {counts}"]], [110, 190, 188], style=line[2:]))
    story += [Paragraph(names["summary"], heading), *(Paragraph(text, body) for text in content["summary"])]
    story += [PageBreak(), Paragraph(names["cards"], heading)]
    for card in content["cards"]:
        cell = [Paragraph(card["title"], strong), *(Paragraph(f"{k} {v}", body) for k, v in card["texts"])]
        cell += [Paragraph(card["meta"], body), *shots(_shots(content, card["photos"]), stamp=False)]
        story += [KeepTogether([*cell, Spacer(1, 8)])]
    rows: list[list[Any]] = [content["heads"]]
    style = list(line)
    for group in content["groups"]:
        style += [
            ("SPAN", (0, len(rows)), (-1, len(rows))),
            ("BACKGROUND", (0, len(rows)), (-1, len(rows)), colors.HexColor(0xEEF2F7)),
        ]
        rows.append([group["name"], "", "", ""])
        for item, text, verdict, note, failed in group["rows"]:
            if failed:
                style.append(("BACKGROUND", (0, len(rows)), (-1, len(rows)), colors.HexColor(0xFBEFEE)))
            font = strong if failed else body
            rows.append([item, Paragraph(text, font), verdict, Paragraph(note, body) if note else ""])
    story += [Paragraph(names["checklist"], heading), Table(rows, [42, 221, 62, 162], style=style, repeatRows=1)]
    story.append(Paragraph(names["photos"], heading))
    photos = content["photos"]
    for i in range(0, len(photos), 3):
        story += shots(photos[i : i + 3], stamp=True)
    story.append(Paragraph(names["closing"], heading))
    story += [Paragraph(text, body) for text in content["closing"]]
    signs = [Paragraph(f"{label}<br/>{name}<br/>{content['date']}", body) for label, name in content["signers"]]
    story.append(Table([signs], [162] * 3, [102], style=[("BOX", (0, 0), (-1, -1), 0.7, colors.grey)]))
    return [*story, code(), Paragraph(f"SHA-256 {content['digest']}", body)]


def _numbered(content: Content) -> Any:
    """The usual recipe for "page n of m": page states are saved and replayed."""
    from reportlab.pdfgen.canvas import Canvas

    class Numbered(Canvas):  # type: ignore[misc]
        def showPage(self) -> None:
            self.__dict__.setdefault("states", []).append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            states = self.__dict__["states"]
            for number, state in enumerate(states, 1):
                self.__dict__.update(state)
                self.setFont("R", 8)
                self.drawString(56, 800, content["header"])
                self.drawString(56, 30, content["footer"])
                self.drawRightString(544, 30, content["pages"].format(total=len(states), page=number))
                Canvas.showPage(self)
            Canvas.save(self)

    return Numbered


ENGINES = {
    "platypus": platypus,
    "platypus-stock": platypus_stock,
    "fpdf2": fpdf2,
    "weasyprint": weasyprint,
    "weasyprint-plain": weasyprint_plain,
    "typst": typst,
}


def main() -> None:
    """CPU seconds of the build, CPU seconds of the process, bytes, peak MB."""
    engine, source, out = sys.argv[1:4]
    build = ENGINES[engine](json.loads(Path(source).read_text("utf-8")))
    started = time.process_time()
    build(out)
    spent = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(spent, time.process_time(), Path(out).stat().st_size, peak)


if __name__ == "__main__":
    main()
