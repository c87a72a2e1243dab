"""The table through the real command line: one process serves, another visits, the hub hears of it afterwards."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inspector_app.hub import status
from inspector_app.hub.settings import HubSettings
from inspector_app.store.database import open_store
from tests.hub.trial import trial
from tests.sync.laptops import PASSWORD, edit, laptop, photograph, sync


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_one_serves_one_visits_and_the_host_forwards(tmp_path: Path) -> None:
    with trial(HubSettings(tmp_path / "hub", port=0)) as hub:
        for name in ("host", "guest"):
            store = laptop(hub, tmp_path / name)
            photograph(store, edit(store, {"by": name}), name.encode())
            store.close()
        (tmp_path / "password").write_text(PASSWORD)

        def command(name: str, *words: str) -> list[str]:
            given = ["--json", "--data", str(tmp_path / name), "--password-file", str(tmp_path / "password")]
            return [sys.executable, "-m", "inspector_app", *given, "table", *words]

        with subprocess.Popen(command("host", "serve", "--listen", "127.0.0.1:0"), stdout=subprocess.PIPE) as serving:
            assert serving.stdout is not None
            told = json.loads(serving.stdout.readline())
            visit = command("guest", "visit", told["listening"], "--code", told["code"])
            found = json.loads(subprocess.run(visit, capture_output=True, check=True).stdout)
            assert (found["pushed"], found["pulled"], found["blobs_up"], found["blobs_down"]) == (2, 2, 1, 1)
            serving.send_signal(signal.SIGTERM)
            assert serving.wait(30) == 0
        host = open_store(tmp_path / "host", PASSWORD)
        sync(hub, host)
        host.close()
        counts = status.status(hub.settings)
        assert (counts["changesets"], counts["blobs"], counts["quarantined"]) == (4, 2, 0)
