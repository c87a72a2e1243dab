"""CPU of one report (70 items, 12 photos) in fresh processes: our engine against stock ReportLab platypus."""

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 7
TARGET = 3.0
ENGINES = ("ours", "platypus stock", "platypus tuned")
_ROOT = Path(__file__).resolve().parents[2]


def ours(facts: Any) -> int:
    """The product's record; returns the size in bytes."""
    from inspector_app.reports.inspection import inspection_record

    return len(inspection_record(facts).pdf)


def platypus(facts: Any) -> int:
    """The same text, table, photographs and captions as Paragraphs and Tables in a SimpleDocTemplate."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Image, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

    from inspector_app.reports.fonts import face

    regular, bold = face("NotoSansSC-Regular").fontName, face("NotoSansSC-Bold").fontName
    body = ParagraphStyle("body", fontName=regular, fontSize=8.8, leading=12.8, wordWrap="CJK")
    strong = ParagraphStyle("strong", parent=body, fontName=bold)
    line = [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey)]
    site = facts.site
    pairs = [
        ("被檢查單位", site.name), ("代碼", site.code), ("地址", site.address), ("街道", site.street),
        ("類型", site.type_label), ("園區", site.park), ("部門", site.department), ("負責人", site.contact),
        ("人員", "、".join(o.name for o in facts.inspectors)), ("時間", str(facts.started)),
    ]  # fmt: skip
    story: list[Any] = [Paragraph("督導檢查記錄", strong), Paragraph(facts.number, body)]
    story.append(Table([[Paragraph(k, strong), Paragraph(v, body)] for k, v in pairs], [90, 390], style=line))
    for d in facts.dimensions:
        story.append(Paragraph(f"{d.name} 合格 {d.tally.passed}/{d.tally.denominator}", body))
    story.append(PageBreak())

    def shot(picture: Any, width: float) -> list[Any]:
        image = Image(io.BytesIO(picture.jpeg), width=width, height=width * 0.75)
        return [image, Paragraph(f"圖{picture.number} {picture.item} {picture.caption} {picture.digest[:8]}", body)]

    for found in facts.findings:
        cell = [
            Paragraph(f"{found.item} {found.requirement}", strong),
            Paragraph(f"檢查發現 {found.observation}", body),
            Paragraph("整改建議 建議按要求整改，保留整改佐證，由服務隊現場復查。", body),
            Paragraph(f"責任人 {found.owner} 整改期限 {found.deadline} 等級 {found.level}", body),
        ]
        shots = [shot(p, 125) for p in facts.pictures if p.number in found.photos]
        story += [Table([[cell, shots[0] if shots else ""]], [340, 140], style=line), Spacer(1, 8)]
        story += [Table([shots[1:]]) for _ in (1,) if len(shots) > 1]
    rows = [[Paragraph(t, strong) for t in ("編號", "檢查內容", "結果", "備註")]]
    for item in facts.items:
        verdict = item.verdict.value if item.verdict else "未檢"
        texts = (item.id, item.text, verdict, f"{item.measures} {item.note}")
        rows.append([Paragraph(t, body) for t in texts])
    story.append(Table(rows, [42, 220, 60, 160], style=line, repeatRows=1))
    for i in range(0, len(facts.pictures), 3):
        story.append(Table([[shot(p, 150) for p in facts.pictures[i : i + 3]]]))
    signers = [*(o.name for o in facts.inspectors), facts.head_name]
    story.append(Table([[Paragraph(f"簽名 {name} 日期", body) for name in signers]], style=line))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story, canvasmaker=_numbered(facts, regular))
    return len(out.getvalue())


def _numbered(facts: Any, font: str) -> Any:
    """The usual recipe for "page n of m": page states are saved and replayed."""
    from reportlab.pdfgen.canvas import Canvas

    class Numbered(Canvas):  # type: ignore[misc]
        states: list[dict[str, Any]]

        def showPage(self) -> None:
            self.__dict__.setdefault("states", []).append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            states = self.states
            for number, state in enumerate(states, 1):
                self.__dict__.update(state)
                self.setFont(font, 8)
                self.drawString(72, 800, f"督導檢查記錄 {facts.site.name}")
                self.drawString(72, 30, f"{facts.number} 共 {len(states)} 頁 第 {number} 頁")
                Canvas.showPage(self)
            Canvas.save(self)

    return Numbered


def _one(engine: str) -> None:
    """Child process: CPU of the first build with faces loaded, and of the whole process."""
    import reportlab.rl_config as config

    if engine == "platypus stock":
        saved = config.useA85
    from inspector_app.reports.fonts import chain
    from tests.reports.sample import facts

    if engine == "platypus stock":
        config.useA85 = saved
    record = facts("zh-Hant", count=70, fails=9, photos=12)
    for weight in ("regular", "medium", "bold", "serif", "mono") if engine == "ours" else ("regular", "bold"):
        chain(weight)["𠮷"]
    work: Callable[[Any], int] = ours if engine == "ours" else platypus
    _imports(engine)
    started = time.process_time()
    size = work(record)
    print(time.process_time() - started, size)


def _imports(engine: str) -> None:
    if engine == "ours":
        import inspector_app.reports.inspection  # noqa: F401
    else:
        import reportlab.platypus  # noqa: F401


def measure() -> dict[str, list[tuple[float, int]]]:
    """CPU seconds and file size of each engine, one fresh process per figure, interleaved."""
    found: dict[str, list[tuple[float, int]]] = {engine: [] for engine in ENGINES}
    for _ in range(ROUNDS):
        for engine in ENGINES:
            command = [sys.executable, "-m", "tests.benchmarks.bench_report", engine]
            done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
            seconds, size = done.stdout.split()
            found[engine].append((float(seconds), int(size)))
    return found


def rows() -> list[tuple[str, str, str, str]]:
    """A table: engine, best and median CPU in ms with file size, ratio to ours."""
    found = measure()
    times = {engine: [seconds for seconds, _ in runs] for engine, runs in found.items()}
    ours_best = min(times["ours"])
    table = [("engine", "CPU best ms", "CPU median ms", "times ours (best), file")]
    for engine in ENGINES:
        best, median = min(times[engine]), statistics.median(times[engine])
        ratio = f"{best / ours_best:.1f}×, {found[engine][0][1] / 1000:.0f} kB"
        table.append((engine, f"{best * 1000:.0f}", f"{median * 1000:.0f}", ratio))
    reached = min(times["platypus stock"]) / ours_best
    table.append(("target", "", f"≥ {TARGET}× less than stock", "reached" if reached >= TARGET else "NOT REACHED"))
    return table


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _one(sys.argv[1])
    else:
        for row in rows():
            print("  ".join(cell.ljust(16) for cell in row))
