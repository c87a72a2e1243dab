"""A new incarnation of a copied or restored laptop: a new key, linked to the old one at the hub (sync.md §5)."""

from dataclasses import replace

from inspector_app import __version__
from inspector_app.sync.signing_in import rotate
from inspector_app.sync.steps import Exchange


def link(exchange: Exchange) -> None:
    """Make the hub know the present key, signed by the one it knows; nothing to do for most laptops. Raises WorldError.

    Repeatable: the new key was kept before it is shown, so a lost reply is answered again.
    """
    parent = exchange.ledger.parent()
    if parent is None:
        return
    made = rotate(exchange.transport, exchange.link, (parent, exchange.ledger.identity), __version__)
    exchange.link = replace(exchange.link, device=made.device_id, token="", token_expires_ms=0)
    kept = exchange.ledger.hub() or exchange.link
    exchange.ledger.save_hub(replace(kept, device=made.device_id, token="", token_expires_ms=0))
    exchange.ledger.linked(made.letter)


def take_new_name(exchange: Exchange) -> None:
    """What the hub has not acknowledged gets new envelopes under a new key; the Round begins again with `link`."""
    exchange.ledger.reincarnate()
    exchange.counts.note("copied", "This laptop's data was copied or restored; it takes a new name and goes on.")
