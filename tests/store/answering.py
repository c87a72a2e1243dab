"""A child process that answers and attaches photos until it is killed; each line it prints is a promise."""

import itertools
import os
import sys
from pathlib import Path

from inspector_app.domain.changeset import Edit
from inspector_app.domain.ids import new_id
from inspector_app.store import log
from inspector_app.store.database import open_store


def main(folder: str, password: str, inspection: str) -> None:
    """Save one Answer per transaction and sometimes a photo; say so only after the commit has returned."""
    store = open_store(Path(folder), password)
    begun = os.urandom(4).hex()
    print("READY", flush=True)
    for number in itertools.count():
        path, value = f"/data/A/A{number % 7:02d}", f"{begun}-{number}"
        edits = [Edit("inspection", inspection, {path: value})]
        sha = ""
        if number % 5 == 0:
            plain = os.urandom(70_000)
            sha = store.blobs.put(plain)
            photo = {"inspection": inspection, "blob": {"sha": sha, "size": len(plain)}}
            edits.append(Edit("photo", new_id(), photo, "team:07"))
        with store.writing() as session:
            log.append(session, edits)
        print("ACK", path, value, sha, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
