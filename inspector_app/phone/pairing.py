"""Who may send: a key opens for the phone that uses it first, and is then worth nothing to any other."""

import hmac
import secrets
import threading
from collections.abc import Callable

MAX_PHONES = 8
_PHONE_LENGTH = range(16, 65)


def new_key() -> str:
    """128 bits for the fragment of a link."""
    return secrets.token_urlsafe(16)


class Pairing:
    """Keys of one visit. Safe from any thread; `paired` is called when a phone took the open key."""

    def __init__(self, paired: Callable[[], None] = lambda: None, make: Callable[[], str] = new_key) -> None:
        self._make, self._paired = make, paired
        self._lock = threading.Lock()
        self._open = make()
        self._owners: dict[str, str] = {}

    @property
    def key(self) -> str:
        """The key nobody has used yet: what the QR code shows."""
        return self._open

    @property
    def phones(self) -> int:
        """How many phones have joined."""
        return len(self._owners)

    def admit(self, key: str, phone: str) -> bool:
        """Whether this phone may send; the first to use the open key owns it, and a lost reply changes nothing."""
        if not (key.isascii() and phone.isascii() and phone.isalnum() and len(phone) in _PHONE_LENGTH):
            return False
        with self._lock:
            for known, owner in self._owners.items():
                if hmac.compare_digest(known, key):
                    return hmac.compare_digest(owner, phone)
            if len(self._owners) >= MAX_PHONES or not hmac.compare_digest(self._open, key):
                return False
            self._owners[key] = phone
            self._open = self._make()
        self._paired()
        return True
