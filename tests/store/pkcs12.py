"""PKCS#12 files as an organisation would bring them."""

from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import load_der_x509_certificate

from inspector_app.store import certificate


def pkcs12_of(name: str, password: str, *, years_ago: int = 0) -> bytes:
    """A key with a certificate of its own; one made eleven years ago has expired."""
    made = certificate.make(name, "海珠", datetime.now(UTC) - timedelta(days=365 * years_ago))
    key = serialization.load_der_private_key(made.key, None)
    secret = serialization.BestAvailableEncryption(password.encode())
    assert isinstance(key, pkcs12.PKCS12PrivateKeyTypes)
    return pkcs12.serialize_key_and_certificates(b"own", key, load_der_x509_certificate(made.certificate), None, secret)
