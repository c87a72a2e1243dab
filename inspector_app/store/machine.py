"""What this computer is recognised by: a data folder that wakes up in another one is a copy (sync.md §5)."""

import hashlib
import importlib
import os
from collections.abc import Iterable
from pathlib import Path

_NET, _DISKS = Path("/sys/class/net"), Path("/dev/disk/by-id")
_PARTITION = "-part"


def traits() -> frozenset[str]:
    """Hashes of serial numbers that any user may read: disks, built-in network cards, on Windows the installation.

    Empty where nothing can be read; then only the hub notices a copy.
    """
    found = _windows() if os.name == "nt" else [*_network_cards(), *_disks()]
    return frozenset(hashlib.sha256(one.encode()).hexdigest()[:16] for one in found)


def is_another(kept: frozenset[str], now: frozenset[str]) -> bool:
    """Whether no trait is left of those seen before; a replaced disk or card alone does not make another computer."""
    return bool(kept) and bool(now) and not kept & now


def _network_cards() -> Iterable[str]:
    """Hardware addresses of real cards; docks and virtual ones come and go."""
    for card in sorted(_NET.glob("*")) if _NET.is_dir() else []:
        if (card / "device").exists():
            address = _read(card / "address")
            if address and set(address) - set("0:"):
                yield f"net {address}"


def _disks() -> Iterable[str]:
    for disk in sorted(_DISKS.glob("*")) if _DISKS.is_dir() else []:
        if _PARTITION not in disk.name and not disk.name.startswith(("dm-", "usb-", "lvm-", "md-")):
            yield f"disk {disk.name}"


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii", errors="replace").strip()
    except OSError:
        return ""


def _windows() -> Iterable[str]:
    registry = importlib.import_module("winreg")
    try:
        with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return [f"guid {registry.QueryValueEx(key, 'MachineGuid')[0]}"]
    except OSError:
        return []
