"""Makes an authority and a certificate for localhost that it vouches for."""

import datetime
import ipaddress
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

data = Path(sys.argv[1])
now = datetime.datetime.now(datetime.timezone.utc)


def named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(subject, key, issuer, issuer_key, *extensions):
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(issuer_key, hashes.SHA256())


def keep(name, *parts):
    (data / name).write_bytes(b"".join(parts))


authority_key = ec.generate_private_key(ec.SECP256R1())
leaf_key = ec.generate_private_key(ec.SECP256R1())
usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
authority = certificate(
    "An authority of the tests",
    authority_key,
    "An authority of the tests",
    authority_key,
    (x509.BasicConstraints(ca=True, path_length=None), True),
    (usage, True),
    (x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key()), False),
)
names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
leaf = certificate(
    "localhost",
    leaf_key,
    "An authority of the tests",
    authority_key,
    (x509.BasicConstraints(ca=False, path_length=None), True),
    (x509.SubjectAlternativeName(names), False),
    (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
    (x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), False),
)
pem = serialization.Encoding.PEM
keep("authority.pem", authority.public_bytes(pem))
keep("leaf.pem", leaf.public_bytes(pem))
keep(
    "leaf.key",
    leaf_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
)
