"""The envelope of a signature: CMS SignedData with the attributes PAdES B-B asks for, detached, in DER."""

import hashlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

_SEQUENCE, _SET, _INTEGER, _OCTETS, _OID = 0x30, 0x31, 0x02, 0x04, 0x06
_DATA = bytes.fromhex("2a864886f70d010701")
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_PROTECTION = bytes.fromhex("2a864886f70d010934")
_CERTIFICATE = bytes.fromhex("2a864886f70d010910022f")
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_ECDSA = bytes.fromhex("300a06082a8648ce3d040302")
_RSA = bytes.fromhex("300d06092a864886f70d01010b0500")

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Envelope:
    """What one key and its certificates sign with; raises ValueError for what is no EC or RSA key, or no certificate."""

    def __init__(self, key: bytes, certificate: bytes, chain: tuple[bytes, ...]) -> None:
        try:
            found = serialization.load_der_private_key(key, None)
            self._identifier = _identifier(certificate)
        except (TypeError, IndexError) as error:
            raise ValueError(str(error)) from None
        if not isinstance(found, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            raise ValueError("Documents are signed with an EC or an RSA key")
        self._key: Key = found
        self._algorithm = _RSA if isinstance(found, rsa.RSAPrivateKey) else _ECDSA
        self._certificate = hashlib.sha256(certificate).digest()
        self._certificates = _der(0xA0, *sorted({certificate, *chain}))

    @property
    def room(self) -> int:
        """Bytes that hold any signature of this key."""
        longest = (
            self._key.key_size // 4 + 20
            if isinstance(self._key, ec.EllipticCurvePrivateKey)
            else self._key.key_size // 8
        )
        return len(self._sealed(self._told(bytes(32)), bytes(longest)))

    def signed(self, digest: bytes) -> bytes:
        """The signature of what has this SHA-256."""
        told = self._told(digest)
        said = _der(_SET, *told)
        if isinstance(self._key, rsa.RSAPrivateKey):
            signature = self._key.sign(said, padding.PKCS1v15(), hashes.SHA256())
        else:
            signature = self._key.sign(said, ec.ECDSA(hashes.SHA256()))
        return self._sealed(told, signature)

    def _told(self, digest: bytes) -> list[bytes]:
        """The signed attributes, in the order DER wants."""
        by_whom = _der(_SEQUENCE, _der(_SEQUENCE, _der(_SEQUENCE, _der(_OCTETS, self._certificate))))
        how = _der(_SEQUENCE, _SHA256, b"\xa1" + self._algorithm[1:])
        values = {
            _CONTENT_TYPE: _der(_OID, _DATA),
            _MESSAGE_DIGEST: _der(_OCTETS, digest),
            _CERTIFICATE: by_whom,
            _PROTECTION: how,
        }
        return sorted(_der(_SEQUENCE, _der(_OID, kind), _der(_SET, value)) for kind, value in values.items())

    def _sealed(self, told: list[bytes], signature: bytes) -> bytes:
        one = _der(_INTEGER, b"\1")
        signer = _der(
            _SEQUENCE, one, self._identifier, _SHA256, _der(0xA0, *told), self._algorithm, _der(_OCTETS, signature)
        )
        content = _der(_SEQUENCE, _der(_OID, _DATA))
        whole = _der(_SEQUENCE, one, _der(_SET, _SHA256), content, self._certificates, _der(_SET, signer))
        return _der(_SEQUENCE, _der(_OID, _SIGNED_DATA), _der(0xA0, whole))


def _der(tag: int, *parts: bytes) -> bytes:
    """One value with its tag and length."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def _identifier(certificate: bytes) -> bytes:
    """Issuer and serial number as they stand in the certificate."""
    fields = _parts(_parts(certificate)[0])
    serial, _, issuer = fields[1:4] if fields[0][0] == 0xA0 else fields[:3]
    if serial[0] != _INTEGER or issuer[0] != _SEQUENCE:
        raise ValueError("This is no certificate")
    return _der(_SEQUENCE, issuer, serial)


def _parts(value: bytes) -> list[bytes]:
    """The values inside one value, each with its tag and length."""
    begin, end = _body(value, 0)
    parts = []
    while begin < end:
        after = _body(value, begin)[1]
        parts.append(value[begin:after])
        begin = after
    return parts


def _body(value: bytes, at: int) -> tuple[int, int]:
    """Where the body of the value at `at` begins and ends."""
    size, begin = value[at + 1], at + 2
    if size & 0x80:
        begin += size & 0x7F
        size = int.from_bytes(value[at + 2 : begin], "big")
    if begin + size > len(value):
        raise ValueError("A value is longer than what holds it")
    return begin, begin + size
