"""A whole number with a button less and one more, as large as a finger: people are counted at a gate."""

from inspector_app.desktop.kit.widgets.boxes import button
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.state import Row
from inspector_app.desktop.questions.typed import TypedEditor


class CounterEditor(TypedEditor):
    """The field can still be typed into; a blank one begins at 0."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.less, self.more = button(name=f"less-{shown.key}"), button(name=f"more-{shown.key}")
        for each, icon, words in ((self.less, "minus", "questions.less"), (self.more, "plus", "questions.more")):
            desk.kit.icons.put(each, icon, size=18)
            desk.kit.language.tip(each, words)
            each.setProperty("kind", "step")
        self.less.clicked.connect(lambda: self._count(-1))
        self.more.clicked.connect(lambda: self._count(1))
        self.line.insertWidget(0, self.less)
        self.line.addWidget(self.more)

    def say(self) -> None:
        super().say()
        for each, words in ((self.less, "questions.less"), (self.more, "questions.more")):
            each.setAccessibleName(f"{self.name_of()}: {self.kit.language.tr(words)}")

    def lock(self, is_locked: bool) -> None:
        self.less.setEnabled(not is_locked)
        self.more.setEnabled(not is_locked)

    def _count(self, by: int) -> None:
        value = self.entry.read(self.field.text())
        if value is not None:
            self.field.enter(self.entry.show(str(int(value or "0") + by)))
