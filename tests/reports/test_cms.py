"""The envelope is what other programs read: EC and RSA, with a chain, its room never too small, no key no signature."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

from inspector_app.reports.cms import Envelope
from inspector_app.reports.signing import Signer, signed
from inspector_app.reports.verifying import verify
from tests.reports.test_signing import archive

__all__ = ["archive"]
DER = serialization.Encoding.DER
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def plain(key: Key) -> bytes:
    return key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def certificate(
    name: str, key: Key, issuer: x509.Certificate | None = None, above: Key | None = None
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer.subject if issuer else subject)
    made = made.public_key(key.public_key()).serial_number(2**159 - 5 if issuer else 128)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
    made = made.add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    use = x509.KeyUsage(True, True, False, False, False, issuer is None, False, False, False)
    made = made.add_extension(use, critical=True)
    return made.sign(above or key, hashes.SHA256())


@pytest.mark.parametrize("kind", ["rsa", "p256", "p384"])
def test_an_organisations_key_under_its_own_root(archive: bytes, kind: str) -> None:
    curve = ec.SECP384R1() if kind == "p384" else ec.SECP256R1()
    key: Key = rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(curve)
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = certificate("海珠區根證書", root_key)
    own = certificate("海珠區衛健局", key, root, root_key)
    signer = Signer(plain(key), own.public_bytes(DER), (root.public_bytes(DER),))
    found = verify(signed(archive, signer), [root.public_bytes(DER)])
    assert (found.signature, found.record, found.is_good) == ("valid", "matches", True)
    assert "海珠區衛健局" in found.signer


def test_any_signature_fits_its_room_and_names_its_certificate() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    own = certificate("A", key).public_bytes(DER)
    envelope = Envelope(plain(key), own, ())
    for number in range(6):
        made = envelope.signed(hashlib.sha256(bytes([number])).digest())
        assert len(made) <= envelope.room
        read = cms.ContentInfo.load(made, strict=True)
        assert read.copy().dump(force=True) == made
        named = read["content"]["signer_infos"][0]["signed_attrs"]
        kinds = {one["type"].native: one["values"][0] for one in named}
        assert kinds["message_digest"].native == hashlib.sha256(bytes([number])).digest()
        held = kinds["signing_certificate_v2"]["certs"][0]["cert_hash"].native
        assert held == hashlib.sha256(own).digest()


def test_what_cannot_sign_says_so(archive: bytes) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    own, other = certificate("A", key).public_bytes(DER), ed25519.Ed25519PrivateKey.generate()
    for bad in (
        Signer(b"no key", own),
        Signer(plain(other), own),
        Signer(plain(key), b"no"),
        Signer(plain(key), own[:90]),
    ):
        with pytest.raises(ValueError, match=r"."):
            signed(archive, bad)
    with pytest.raises(ValueError, match="not bound here"):
        signed(b"%PDF-1.7\n%%EOF\n", Signer(plain(key), own))
