"""Counts of one laptop and a digest of all it holds, to see whether laptops are equal."""

import hashlib
from typing import Any

from inspector_app.demo.stage import Stage
from inspector_app.domain.changeset import DISTRICT, team_scope
from inspector_app.store import contents


def state(stage: Stage) -> dict[str, Any]:
    """Counts of the whole laptop; the digest covers what a Team and its supervisor share: records and photo bytes."""
    scopes = (DISTRICT, team_scope(stage.config["team"]))
    digest = hashlib.sha256()
    with stage.store.reading() as session:
        counted = contents.counts(session)
        for line in contents.state_lines(session, scopes):
            digest.update(line)
        for sha in contents.blobs_here(session):
            digest.update(sha.encode() if stage.store.blobs.has(sha) else b"missing")
    return {**counted, "digest": digest.hexdigest()}
