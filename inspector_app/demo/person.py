"""One laptop of the demo: a process with its own data folder and a real window, told line by line what to do."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inspector_app.demo import acts, measuring
from inspector_app.demo.stage import Stage


def main() -> None:
    """Read the part, open the laptop, then one JSON answer per command until standard input ends."""
    config = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    stage = Stage.open(config)
    commands: dict[str, Callable[[Stage], dict[str, Any]]] = {
        "registry": acts.import_registry,
        "history": acts.play_history,
        "visits": acts.visit_sites,
        "sync": acts.sync,
        "print": acts.print_records,
        "state": measuring.state,
    }
    _answer({"ready": config["part"]})
    try:
        for line in sys.stdin:
            _answer(commands[line.strip()](stage))
    except BaseException:
        stage.driver.screenshot(stage.out / "logs" / f"{config['part']}-stuck.png")
        raise
    finally:
        stage.close()


def _answer(facts: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
