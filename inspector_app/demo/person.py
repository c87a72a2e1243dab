"""One laptop of the demo: a process with its own data folder and a real window, told line by line what to do."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from inspector_app.demo import acts, measuring
from inspector_app.demo.stage import Stage


def main() -> None:
    """Read the part, open the laptop, then one JSON answer per command until standard input ends."""
    config = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    stage = Stage.open(config)
    sys.stderr.write(f"opened: {time.process_time():.1f} s computing\n")
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
            begun = time.monotonic(), time.process_time()
            facts = commands[line.strip()](stage)
            took = f"{time.monotonic() - begun[0]:.1f} s, of it {time.process_time() - begun[1]:.1f} s computing"
            sys.stderr.write(f"{line.strip()}: {took}\n")
            _answer(facts)
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
