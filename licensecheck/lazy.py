"""Modules imported and regular expressions compiled on first use, so that a short run pays for what it needs alone.

`from licensecheck.lazy import re` stands for `import re`: its `compile` gives a pattern that is compiled when it is
first looked for. `sha256` is `hashlib.sha256`, for which a short run need not load OpenSSL. The other names stand for
modules that only some runs need.
"""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

__all__ = ["html", "re", "sha256", "subprocess", "tempfile", "yaml", "zipfile"]

if TYPE_CHECKING:
    import html as html
    import re as re
    import subprocess as subprocess
    import tempfile as tempfile
    import zipfile as zipfile
    from hashlib import sha256 as sha256

    import yaml as yaml
else:
    import re as _re

    class _Module:
        """Stands for a module until one of its names is asked for."""

        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, attribute: str) -> Any:
            found = getattr(importlib.import_module(self._name), attribute)
            setattr(self, attribute, found)
            return found

    class _Pattern:
        """Stands for a compiled pattern; takes over its methods when the first of them is asked for."""

        def __init__(self, pattern: str, flags: int = 0) -> None:
            self._given = pattern, flags

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            made = _re.compile(*self._given)
            for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"):
                setattr(self, method, getattr(made, method))
            return getattr(made, name)

    class _Expressions(_Module):
        compile = _Pattern

    re = _Expressions("re")
    re.__dict__.update({name: getattr(_re, name) for name in (*_re.__all__, "Pattern", "Match") if name != "compile"})

    def sha256(data: bytes = b"") -> Any:
        """The hash of data as `hashlib` makes it, of little data without loading OpenSSL."""
        if len(data) >= _MUCH or "_hashlib" in sys.modules:
            return importlib.import_module("hashlib").sha256(data)
        return _small_sha256()(data)

    @lru_cache(maxsize=1)
    def _small_sha256() -> Any:
        for name in ("_sha2", "_sha256", "hashlib"):
            with suppress(ImportError):
                return importlib.import_module(name).sha256
        raise ImportError("hashlib")

    _MUCH = 200_000
    """From so many bytes on loading OpenSSL costs less than doing without it."""
    html, subprocess, tempfile, yaml, zipfile = map(_Module, ("html", "subprocess", "tempfile", "yaml", "zipfile"))
