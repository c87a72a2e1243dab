"""Laptops of a Team with the district's checklist and a registry, on which real visits are made."""

from pathlib import Path

from inspector_app.demo import district
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import keeping, registering, syncing
from inspector_app.store.database import Store
from tests.hub.trial import Trial
from tests.sync.laptops import PASSWORD


def visitor(hub: Trial, folder: Path) -> Store:
    """A laptop of Team 7's leader that has joined and knows ten sites."""
    store = keeping.create_laptop(folder, PASSWORD, Inspector("陳志強", 7, Role.LEADER), clock=hub.clock)
    syncing.enroll(store, hub.url, hub.code(7, Role.LEADER))
    registry = folder.with_suffix(".csv")
    registry.write_bytes(district.registry_csv(district.sites(39)))
    registering.import_registry(store, registry)
    return store
