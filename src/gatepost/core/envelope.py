"""Locks a file for whoever holds a key elsewhere: a CMS envelope (RFC 5652), which OpenSSL and mail programs open.

Only the public half lies here. Who takes this machine, or the file, cannot read what is in it.
"""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from gatepost.core.errors import Refused

SHORTEST = 2048  # bits


def certificates_in(path: Path) -> list[x509.Certificate]:
    """Those in a file, one for each person who may open what is locked; refused where one would not do."""
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except OSError as problem:
        raise Refused(f"The certificate {path} cannot be read: {problem.strerror}.") from None
    except ValueError:
        raise Refused(f"There is no certificate in {path}. It begins with BEGIN CERTIFICATE.") from None
    for certificate in found:
        key = certificate.public_key()
        if not isinstance(key, RSAPublicKey) or key.key_size < SHORTEST:
            raise Refused(f"A certificate in {path} is not for RSA with {SHORTEST} bits or more.")
    return found


def lock(data: bytes, *, to: list[x509.Certificate]) -> bytes:
    """The data in an envelope that each of these can open, and nobody else: AES-256, with a key of its own."""
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(data)
    builder = builder.set_content_encryption_algorithm(algorithms.AES256)
    for certificate in to:
        builder = builder.add_recipient(certificate)
    return builder.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])
