"""The quiet line under a requirement: its photo rule, how its Verdict came to be, and who gave it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from inspector_app.desktop.inspections.state import Row
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import label, row
from inspector_app.desktop.kit.widgets.flow import FlowLayout
from inspector_app.domain.inspection import Verdict


class Remark(QWidget):
    """Icon and words."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._icon, self.words = label(), label("caption", name=name)
        layout = row(self._icon, self.words, spacing=4)
        self.setLayout(layout)

    def say(self, icon: str, color: str, words: str) -> None:
        """Words already in the window's language."""
        self._kit.icons.put(self._icon, icon, color=color, size=14)
        self.words.setText(words)


class Remarks(QWidget):
    """Parts are made when they are first needed; a row of five hundred mostly has none."""

    def __init__(self, kit: Kit, item_id: str) -> None:
        super().__init__()
        self._kit, self._item = kit, item_id
        self._parts: dict[str, Remark] = {}
        self._flow = FlowLayout(spacing=8)
        self.setLayout(self._flow)
        self.hide()

    def show_row(self, shown: Row) -> None:
        """What there is to say; nothing takes the line away."""
        tr = self._kit.language.tr
        icon, color = _rule(shown)
        self._say("rule", icon, color, words=_rule_words(shown, tr) if icon else "")
        icon = "check-check" if shown.given == "rest" else "copy"
        self._say("given", icon, "warn", words=tr(f"given.{shown.given}") if shown.given else "")
        self._say("by", "users", "muted", words=shown.by)
        self.setVisible(any(not part.isHidden() for part in self._parts.values()))

    def _say(self, name: str, icon: str, color: str, *, words: str) -> None:
        part = self._parts.get(name)
        if part is None and words:
            part = self._parts[name] = Remark(self._kit, f"{name}-{self._item}")
            self._flow.addWidget(part)
        if part is not None:
            if words:
                part.say(icon, color, words)
            for each in (part, part.words):
                each.setVisible(bool(words))


def _rule_words(shown: Row, tr: Callable[..., str]) -> str:
    if shown.photo_rule == "forbidden":
        return tr("inspections.photo_forbidden")
    if shown.is_full:
        return tr("inspections.photos_full", n=shown.photo_max)
    if shown.photo_min > 1:
        return tr("inspections.photos_counted", have=len(shown.photos), n=shown.photo_min)
    return tr("inspections.photo_required")


def _rule(shown: Row) -> tuple[str, str]:
    """Icon and colour of the photo rule while it matters, '' for none."""
    color = "warn" if shown.photo_missing else "muted"
    if shown.photo_rule == "forbidden":
        return "ban", color
    is_due = len(shown.photos) < shown.photo_min and shown.verdict is not Verdict.NA
    return ("camera" if is_due or shown.is_full else ""), color
