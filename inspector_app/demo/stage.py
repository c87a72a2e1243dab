"""The laptop of one demo person: data folder, window and the hand that drives it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspector_app.desktop.app import Startup
from inspector_app.desktop.driving import Driver
from inspector_app.store.database import Store


@dataclass
class Stage:
    """`config` is what the director wrote for this person; `window` is the real main window."""

    config: dict[str, Any]
    startup: Startup
    driver: Driver
    _counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def open(cls, config: dict[str, Any]) -> "Stage":
        """First run through the window itself: name, team, role, password; then the hub by address and code."""
        data = Path(config["data"])
        data.parent.mkdir(parents=True, exist_ok=True)
        startup = Startup(data, settings_file=data.parent / f"{config['part']}.ini")
        startup.run()
        startup.window.resize(1280, 800)
        stage = cls(config, startup, Driver(startup.window, patience=25))
        stage._first_run()
        stage._join()
        return stage

    @property
    def store(self) -> Store:
        """The unlocked store behind the window."""
        context = self.startup.window.context
        assert context is not None
        return context.store

    @property
    def out(self) -> Path:
        """Where the demo leaves what it made."""
        return Path(self.config["out"])

    def shot(self, name: str) -> None:
        """A picture of the window as it is."""
        self.driver.screenshot(self.out / "screenshots" / f"{name}.png")

    def once(self, name: str) -> None:
        """A picture the first time only."""
        if not (self.out / "screenshots" / f"{name}.png").exists():
            self.shot(name)

    def next_number(self, series: str) -> int:
        """0, 1, 2 … per series."""
        self._counts[series] = self._counts.get(series, -1) + 1
        return self._counts[series]

    def is_busy(self) -> bool:
        """Something runs in a lane."""
        lanes = self.startup.window.kit.lanes
        return lanes.write.is_busy or lanes.wide.is_busy

    def page(self, name: str) -> Any:
        """A page of the shell, as the tests know it."""
        shell = self.startup.window.shell
        assert shell is not None
        return shell.page(name)

    def go(self, name: str) -> None:
        """A click on the rail."""
        self.driver.click(f"rail_{name}")

    def close(self) -> None:
        """Close the window as a person would; it closes lanes and store."""
        self.startup.window.close()
        self.driver.settle()

    def _first_run(self) -> None:
        driver = self.driver
        driver.type("name", self.config["name"])
        combo = driver.find("team")
        combo.setProperty("currentIndex", self.config["team"] - 1)
        driver.type("new_password", self.config["password"])
        driver.type("again", self.config["password"])
        if self.config["part"] == "leader":
            self.shot("01-first-run")
        driver.click("unlock")
        driver.until(lambda: self.startup.window.context is not None, "the pages after unlocking")

    def _join(self) -> None:
        driver = self.driver
        self.go("syncing")
        driver.type("hub_url", self.config["hub"])
        driver.type("hub_code", self.config["code"])
        driver.click("join")
        driver.until(lambda: driver.sees("sync_now"), "the hub's welcome")
