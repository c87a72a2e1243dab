"""PAdES B-B: an invisible certifying signature of the laptop or the organisation on a finished file (documents.md §10.2)."""

import io
from dataclasses import dataclass, field

FIELD = "Daowei"
"""Name of the signature field; invisible, because pyHanko's drawn stamp would break PDF/A."""


@dataclass(frozen=True)
class Signer:
    """A private key (PKCS#8 DER, EC P-256 or RSA) with its certificate and the chain above it (DER each)."""

    key: bytes = field(repr=False)
    certificate: bytes
    chain: tuple[bytes, ...] = ()


def signed(pdf: bytes, signer: Signer) -> bytes:
    """The file with one more revision that certifies it; nothing may be written after this.

    The claimed time is this computer's clock, as PAdES B-B wants. Raises ValueError for an unreadable key or certificate.
    """
    from asn1crypto import keys, x509  # a second of imports, wanted only where something is signed
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSigner, signers
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore.from_certs(  # type: ignore[no-untyped-call]
        [x509.Certificate.load(der) for der in signer.chain]
    )
    simple = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(signer.certificate),
        signing_key=keys.PrivateKeyInfo.load(signer.key),
        cert_registry=store,
    )
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    pdf_signer = PdfSigner(about, simple, new_field_spec=SigFieldSpec(FIELD, box=None))
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    pdf_signer.sign_pdf(writer, output=out)
    return out.getvalue()
