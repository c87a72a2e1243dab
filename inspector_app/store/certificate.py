"""The key this laptop signs documents with: made on first use, kept in the encrypted database, or brought as PKCS#12."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from sqlalchemy.orm import Session

from inspector_app.domain.errors import UserError
from inspector_app.store import settings

KEY, CERTIFICATE, CHAIN = "signing_key", "signing_certificate", "signing_chain"
YEARS = 10
_SHORTEST_RSA = 2048


@dataclass(frozen=True)
class SigningIdentity:
    """Private key (PKCS#8 DER), certificate (DER) and the certificates above it."""

    key: bytes = field(repr=False)
    certificate: bytes
    chain: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate says of itself; `fingerprint` is the SHA-256 of its DER in hex."""

    name: str
    organisation: str
    issuer: str
    begins: datetime
    ends: datetime
    fingerprint: str


def told(der: bytes) -> CertificateFacts:
    """What stands in a certificate."""
    found = x509.load_der_x509_certificate(der)
    names = [found.subject.get_attributes_for_oid(kind) for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)]
    name, organisation = (str(some[0].value) if some else "" for some in names)
    return CertificateFacts(
        name=name or found.subject.rfc4514_string(),
        organisation=organisation,
        issuer=found.issuer.rfc4514_string(),
        begins=found.not_valid_before_utc,
        ends=found.not_valid_after_utc,
        fingerprint=found.fingerprint(hashes.SHA256()).hex(),
    )


def as_pem(der: bytes) -> bytes:
    """The same certificate as text."""
    return x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)


def current(session: Session) -> SigningIdentity | None:
    """What this laptop signs with, None before the first signature."""
    key, certificate = settings.get(session, KEY), settings.get(session, CERTIFICATE)
    if not key or not certificate:
        return None
    chain = tuple(b64decode(one) for one in settings.get(session, CHAIN).split())
    return SigningIdentity(b64decode(key), b64decode(certificate), chain)


def keep(session: Session, identity: SigningIdentity) -> None:
    """Sign with this from now on; what was signed before stays as it is."""
    settings.put(session, KEY, b64encode(identity.key).decode())
    settings.put(session, CERTIFICATE, b64encode(identity.certificate).decode())
    settings.put(session, CHAIN, " ".join(b64encode(one).decode() for one in identity.chain))


def make(name: str, organisation: str, now: datetime) -> SigningIdentity:
    """A new EC P-256 key with a certificate of its own for `name`, valid from the day before `now` (aware)."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
        ]
    )
    begins = now.astimezone(UTC) - timedelta(days=1)
    only_signing = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=365 * YEARS))
        .add_extension(only_signing, critical=True)
        .sign(key, hashes.SHA256())
    )
    return SigningIdentity(_plain(key), certificate.public_bytes(serialization.Encoding.DER))


def read_pkcs12(content: bytes, password: str) -> SigningIdentity:
    """A key and certificate from a .p12 or .pfx file. Raises UserError for a wrong password or an unusable key."""
    try:
        key, certificate, above = pkcs12.load_key_and_certificates(content, password.encode())
    except ValueError:
        raise UserError("p12_unreadable", "This .p12 file cannot be opened; check the file and its password.") from None
    if key is None or certificate is None:
        raise UserError(
            "p12_incomplete", "This .p12 file lacks a private key or its certificate; export both together."
        )
    if (
        isinstance(key, rsa.RSAPrivateKey)
        and key.key_size >= _SHORTEST_RSA
        or isinstance(key, ec.EllipticCurvePrivateKey)
    ):
        der = serialization.Encoding.DER
        return SigningIdentity(_plain(key), certificate.public_bytes(der), tuple(c.public_bytes(der) for c in above))
    raise UserError(
        "p12_kind", "Documents are signed with an EC key or an RSA key of at least 2048 bits; use another .p12."
    )


def _plain(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    """PKCS#8 without a password of its own: the database around it is encrypted."""
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def read_certificate(content: bytes) -> bytes:
    """A certificate in PEM or DER as DER. Raises UserError for anything else."""
    try:
        pem = content.lstrip().startswith(b"-----BEGIN")
        found = x509.load_pem_x509_certificate(content) if pem else x509.load_der_x509_certificate(content)
    except ValueError:
        raise UserError("certificate_unreadable", "This is not a certificate in PEM or DER form.") from None
    return found.public_bytes(serialization.Encoding.DER)
