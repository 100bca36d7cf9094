# Written by `cargo xtask schema`; not to be edited.
"""One class for each error code."""

from __future__ import annotations

from ._error import TwinError


class ConsentRequiredError(TwinError):
    """A grant for this purpose and actor is missing, expired or revoked."""

    code = "consent_required"


class InvalidValueError(TwinError, ValueError):
    """A value is outside what is possible, or of the wrong unit."""

    code = "invalid_value"


class InvalidTypeError(InvalidValueError, TypeError):
    """A value of a type that says nothing here; its code is `invalid_value`."""


class MalformedError(TwinError, ValueError):
    """Bytes are not of the format they claim to be."""

    code = "malformed"


class NotFoundError(TwinError, LookupError):
    """What was asked for does not exist."""

    code = "not_found"


class ConflictError(TwinError):
    """Two writers, or two facts that exclude each other."""

    code = "conflict"


class UnsupportedError(TwinError):
    """A format, version or option that this build does not know."""

    code = "unsupported"


class StorageError(TwinError):
    """The store or the disk refused."""

    code = "storage"


class CorruptError(TwinError):
    """Stored bytes do not match their hash."""

    code = "corrupt"


class CryptoError(TwinError):
    """A key or cipher failed."""

    code = "crypto"


class RateLimitedError(TwinError):
    """Too many requests."""

    code = "rate_limited"


class ModelUnavailableError(TwinError):
    """A model cannot be loaded or run here."""

    code = "model_unavailable"


class CancelledError(TwinError):
    """The caller stopped the work."""

    code = "cancelled"


class InternalError(TwinError):
    """A bug in humantwin."""

    code = "internal"


__all__ = [
    "CancelledError",
    "ConflictError",
    "ConsentRequiredError",
    "CorruptError",
    "CryptoError",
    "InternalError",
    "InvalidTypeError",
    "InvalidValueError",
    "MalformedError",
    "ModelUnavailableError",
    "NotFoundError",
    "RateLimitedError",
    "StorageError",
    "UnsupportedError",
]
