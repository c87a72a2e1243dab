"""A password is stretched once a process: a quarter of a second, wanted by each of thousands of stores under test."""

import functools
from collections.abc import Iterator

import pytest

from inspector_app.store import vault


@pytest.fixture(scope="session", autouse=True)
def stretched_once() -> Iterator[dict[str, object]]:
    """The same salt in every vault, so that the true Argon2id of a password is known from the second store on.

    Other processes open such a vault like any other. What is delivered is given, for the tests of the vault itself.
    """
    delivered = {name: getattr(vault, name) for name in ("_salt", "_stretched")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "_salt", lambda: b"the salt of test")
        patch.setattr(vault, "_stretched", functools.lru_cache(maxsize=64)(vault._stretched))
        yield delivered
