"""In an Item that two people answered at once: that it holds two values, and the way to decide."""

from PySide6.QtWidgets import QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.widgets.boxes import button, label, row


class ParallelLine(QWidget):
    """`decide` is its button."""

    def __init__(self, kit: Kit, item_id: str) -> None:
        super().__init__()
        icon, words = label(), label("muted", wrap=True)
        kit.icons.put(icon, "triangle-alert", color="warn", size=16)
        kit.language.text(words, "inspections.parallel")
        self.decide = button("quiet", name=f"parallel-{item_id}")
        kit.language.text(self.decide, "inspections.parallel_decide")
        kit.language.name(self.decide, "inspections.parallel_name", item=item_id)
        layout = row(icon, words, self.decide, spacing=6)
        layout.setStretch(1, 1)
        self.setLayout(layout)
