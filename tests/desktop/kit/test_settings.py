"""Settings are typed, remembered, and speak when they change."""

from pathlib import Path

from PySide6.QtCore import QByteArray

from inspector_app.desktop.kit.settings import Settings


def test_settings_survive_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    first = Settings(file)
    first.zoom.put(1.15)
    first.language.put("zh-Hans")
    first.flag("findings/only_open", True).put(False)
    first.columns("t").put(QByteArray(b"\x00\xff state"))
    first.save()
    again = Settings(file)
    assert again.zoom.get() == 1.15
    assert again.language.get() == "zh-Hans"
    assert again.flag("findings/only_open", True).get() is False
    assert again.columns("t").get().data() == b"\x00\xff state"
    assert again.theme.get() == "system"


def test_a_change_is_said_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "window.ini")
    said: list[str] = []
    settings.theme.changed.connect(lambda: said.append(settings.theme.get()))
    settings.theme.put("dark")
    settings.theme.put("dark")
    assert said == ["dark"]


def test_a_spoilt_file_gives_defaults(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    file.write_bytes(b"[General]\nzoom=huge\nlanguage=\nlast_page=@Variant(\x00\x00)\n\xff\xfe")
    settings = Settings(file)
    assert isinstance(settings.zoom.get(), float)
    assert isinstance(settings.last_page.get(), str)
