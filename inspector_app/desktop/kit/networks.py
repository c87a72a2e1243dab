"""Addresses of this computer at which a phone or a colleague in the same network may find it."""

from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QNetworkInterface

_ON = QNetworkInterface.InterfaceFlag.IsUp | QNetworkInterface.InterfaceFlag.IsRunning


def networks() -> list[tuple[str, str]]:
    """(address, words) of every network this computer is on, wireless and private ones first."""
    found = []
    for interface in QNetworkInterface.allInterfaces():
        flags = interface.flags()
        if flags & _ON != _ON or flags & QNetworkInterface.InterfaceFlag.IsLoopBack:
            continue
        is_wifi = interface.type() is QNetworkInterface.InterfaceType.Wifi
        for entry in interface.addressEntries():
            address = entry.ip()
            if address.protocol() is QAbstractSocket.NetworkLayerProtocol.IPv4Protocol and not address.isLinkLocal():
                words = f"{interface.humanReadableName()} · {address.toString()}"
                found.append((not is_wifi, not _is_private(address), address.toString(), words))
    return [(address, words) for _, _, address, words in sorted(found)]


def _is_private(address: QHostAddress) -> bool:
    return address.isPrivateUse()
