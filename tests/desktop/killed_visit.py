"""The child of test_killed_visit: answers in the real window and says what the window has shown as saved."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from inspector_app.desktop.app import Startup
from inspector_app.desktop.driving import Driver, Keys


def main() -> None:
    """Folder, settings file, visit; then one line per acknowledged answer until somebody kills this process."""
    folder, settings, visit = sys.argv[1:]
    startup = Startup(Path(folder), settings_file=Path(settings))
    startup.run()
    driver = Driver(startup.window)
    driver.type("password", "killed password")
    driver.click("unlock")
    driver.until(lambda: startup.window.context is not None, "the pages")
    shell = startup.window.shell
    assert shell is not None
    shell.go("inspection", visit)
    page = shell.page("inspection")
    driver.until(lambda: page.shown() is not None and page.is_idle(), "the visit")
    while True:
        item = page.current_item()
        driver.key(Keys.ONE)
        driver.until(page.is_idle, "saved")
        os.write(1, f"{item}\n".encode())
        driver.key(Keys.ENTER, Keys.CONTROL)


if __name__ == "__main__":
    main()
