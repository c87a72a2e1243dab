"""The signing key: kept across openings, replaceable by PKCS#12, refused where it could not sign."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from inspector_app.domain.errors import UserError
from inspector_app.store import certificate
from inspector_app.store.database import Store

NOW = datetime(2020, 3, 5, 9, 0, tzinfo=UTC)


def test_made_once_and_kept(store: Store) -> None:
    with store.writing() as session:
        assert certificate.current(session) is None
        certificate.keep(session, certificate.make("陳志強 17", "Daowei", NOW))
        kept = certificate.current(session)
        assert kept is not None
    with store.reading() as session:
        assert certificate.current(session) == kept
    assert "key" not in repr(kept)
    found = x509.load_der_x509_certificate(kept.certificate)
    assert found.subject.rfc4514_string().startswith("O=Daowei")
    assert found.not_valid_before_utc < NOW < found.not_valid_after_utc


def bundle(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, password: bytes) -> bytes:
    made = certificate.make("單位", "海珠", NOW)
    owner = x509.load_der_x509_certificate(made.certificate)
    if isinstance(key, ec.EllipticCurvePrivateKey):
        loaded = serialization.load_der_private_key(made.key, None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        key = loaded
        certified = owner
    else:
        from cryptography.hazmat.primitives import hashes

        certified = (
            x509.CertificateBuilder().subject_name(owner.subject).issuer_name(owner.subject)
            .public_key(key.public_key()).serial_number(7).not_valid_before(NOW)
            .not_valid_after(NOW.replace(year=2040)).sign(key, hashes.SHA256())
        )  # fmt: skip
    encryption = serialization.BestAvailableEncryption(password)
    return pkcs12.serialize_key_and_certificates(b"x", key, certified, None, encryption)


def test_a_p12_brings_key_and_certificate() -> None:
    for key in (ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)):
        found = certificate.read_pkcs12(bundle(key, b"open"), "open")
        assert serialization.load_der_private_key(found.key, None)
        assert x509.load_der_x509_certificate(found.certificate)


def test_a_wrong_password_and_a_weak_key_are_refused() -> None:
    good = bundle(ec.generate_private_key(ec.SECP256R1()), b"open")
    with pytest.raises(UserError, match="check the file and its password"):
        certificate.read_pkcs12(good, "shut")
    with pytest.raises(UserError, match="cannot be opened"):
        certificate.read_pkcs12(b"no p12", "open")
    with pytest.raises(UserError, match="2048"):
        certificate.read_pkcs12(bundle(rsa.generate_private_key(65537, 1024), b"open"), "open")


def test_certificates_are_read_in_both_forms() -> None:
    der = certificate.make("甲", "乙", NOW).certificate
    pem = x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)
    assert certificate.read_certificate(pem) == certificate.read_certificate(der) == der
    with pytest.raises(UserError, match="PEM or DER"):
        certificate.read_certificate(b"-----BEGIN nothing")
