"""The base of all errors; the classes of the codes are generated beside it."""

from __future__ import annotations

from typing import ClassVar


class TwinError(Exception):
    """What every call of humantwin fails with.

    Attributes
    ----------
    code
        The stable code, the same in every language: ``invalid_value``, ``consent_required`` …
    message
        A sentence for people; it holds no personal data and may change.
    context
        The verb or the kind of file, where that helps.
    """

    code: str = ""
    _classes: ClassVar[dict[str, type[TwinError]]] = {}

    def __init__(self, message: str, context: str | None = None, code: str | None = None) -> None:
        super().__init__(message, context, code)
        self.message = message
        self.context = context
        if code is not None:
            self.code = code

    def __init_subclass__(cls) -> None:
        if "code" in cls.__dict__:
            TwinError._classes[cls.code] = cls

    def __str__(self) -> str:
        return self.message if self.context is None else f"{self.context}: {self.message}"


def error_of(code: str, message: str, context: str | None) -> TwinError:
    """An error by its code; a code of a newer core is a plain `TwinError`."""
    return TwinError._classes.get(code, TwinError)(message, context, code)
