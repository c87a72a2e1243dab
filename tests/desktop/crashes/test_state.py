"""A report tells kind and place, never a value."""

from inspector_app.desktop.crashes.state import fatal_text, report_text, scrubbed


def _caught() -> BaseException:
    try:
        try:
            {}["海珠印刷廠"]
        except KeyError as error:
            raise ValueError("contact 林女士 13826001234") from error
    except ValueError as error:
        return error


def test_kinds_and_places_are_told_and_messages_are_not() -> None:
    text = report_text(_caught(), {"version": "0.1.0"}, ("warning: …",))
    assert "version: 0.1.0" in text
    assert "ValueError\n  crashes/test_state.py:" in text
    assert "caused by KeyError" in text
    assert not any(word in text for word in ("海珠", "林女士", "13826001234"))


def test_a_circle_of_causes_ends() -> None:
    error = ValueError()
    error.__cause__ = error
    assert report_text(error, {}, ()).count("ValueError") <= 6


def test_remarks_of_qt_name_nobody() -> None:
    said = scrubbed("QFile: /home/lin/daowei '海珠.pdf' 13826001234 海珠")
    assert said == "QFile: ~/daowei … … …"


def test_a_dump_keeps_files_and_hides_the_user() -> None:
    dump = 'Fatal Python error: Aborted\n  File "/home/lin/inspector_app/desktop/app.py", line 1 in run'
    assert '"~/inspector_app/desktop/app.py", line 1 in run' in fatal_text(dump, {"version": "1"})
