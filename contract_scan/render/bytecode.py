"""Compiled templates, kept in the user's cache: compiling them takes longer than filling them in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from contract_scan.cache import read_cache, write_cache

if TYPE_CHECKING:
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket


def kept_templates() -> BytecodeCache:
    """What jinja2 compiled last time; it checks itself that template, jinja2 and Python are still the same."""
    from jinja2 import BytecodeCache

    class Kept(BytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            if content := read_cache(_name(bucket)):
                bucket.bytecode_from_string(content)

        def dump_bytecode(self, bucket: Bucket) -> None:
            write_cache(_name(bucket), bucket.bytecode_to_string())

    return Kept()


def _name(bucket: Bucket) -> str:
    return f"template-{sys.implementation.cache_tag}-{bucket.key[:16]}"
