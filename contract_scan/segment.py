"""jieba's words with the lexicon as user dictionary, held in spaCy Docs, to tell words from accidents.

A short term counts where it is a run of whole words or lies inside a longer compound (平台**服务费**率); it does
not count where it only arises across two ordinary words (银**行为**借款人). The dictionary is read once from a
per-user cache: jieba's own cache goes through a slow reader and lies in a shared folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import marshal
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from contract_scan.cache import read_cache, write_cache

if TYPE_CHECKING:
    from jieba import Tokenizer  # type: ignore[import-untyped]
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

USER_WORD_FREQUENCY = 3


class Segmenter:
    """Cuts Chinese text into words; built once per lexicon, used for the few sentences that need it."""

    def __init__(self, terms: Iterable[str]) -> None:
        """*terms* become user words where jieba does not know them yet."""
        self._tokenizer, self._ours = _tokenizer(tuple(term for term in terms if 2 <= len(term) <= 8))
        self._vocab = _vocab()
        self.doc = lru_cache(maxsize=4096)(self._doc)

    def _doc(self, text: str) -> Doc:
        """A spaCy Doc over jieba's words; no spaces between them, so character offsets are the text's own."""
        from spacy.tokens import Doc

        words = self._tokenizer.lcut(text)
        return Doc(self._vocab, words=words, spaces=[False] * len(words))

    def words(self, text: str) -> list[str]:
        """The words of a text as a search index wants them: long ones also in their parts, no spaces."""
        return [word for word in self._tokenizer.cut_for_search(text) if not word.isspace()]

    def is_accident(self, text: str, start: int, end: int) -> bool:
        """Whether text[start:end] straddles the border of two words and cuts an ordinary one of them in two.

        A term of the lexicon (放款时**扣取**) is not an ordinary word: it says what we look for, not how people speak.
        """
        words = self.doc(text).char_span(start, end, alignment_mode="expand")
        if words is None or len(words) < 2:
            return False
        cut = [words[0].text] if words[0].idx < start else []
        if words[-1].idx + len(words[-1]) > end:
            cut.append(words[-1].text)
        return any(word not in self._ours for word in cut)


def search_words(text: str) -> tuple[str, ...]:
    """What to look for in an index over :meth:`Segmenter.words`: the words with a letter, digit or character in them.

    Single characters are left out where there are longer words, since in the index they may be part of one.
    """
    words = [word for word in _tokenizer(())[0].cut_for_search(text) if any(map(str.isalnum, word))]
    return tuple(word for word in words if len(word) > 1) or tuple(words)


def _tokenizer(terms: tuple[str, ...]) -> tuple[Tokenizer, frozenset[str]]:
    """jieba with our terms, and those of them that it did not know."""
    jieba = _jieba()
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    frequencies, total = _dictionary(tokenizer, jieba.__version__)
    ours = frozenset(term for term in terms if not frequencies.get(term))
    for term in terms:
        if term in ours:
            frequencies[term] = USER_WORD_FREQUENCY
            total += USER_WORD_FREQUENCY
            for size in range(1, len(term)):
                frequencies.setdefault(term[:size], 0)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    return tokenizer, ours


def _jieba() -> ModuleType:
    """jieba without pkg_resources, which it does not need and which takes longer to import than jieba itself."""
    known = "pkg_resources" in sys.modules
    sys.modules.setdefault("pkg_resources", cast(ModuleType, None))  # None: an import of it fails
    try:
        import jieba
    finally:
        if not known:
            del sys.modules["pkg_resources"]
    return cast(ModuleType, jieba)


def _vocab() -> Vocab:
    """An empty vocabulary of spaCy, loaded without its command line, which brings HTTP clients and takes 0.1 s."""
    unused = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    vars(unused["spacy.cli.info"])["info"] = None
    known = "spacy" in sys.modules
    if not known:
        sys.modules.update(unused)
    try:
        from spacy.vocab import Vocab
    finally:
        if not known:
            for name in unused:
                del sys.modules[name]
            vars(sys.modules["spacy"]).pop("info", None)
    return Vocab()


def _dictionary(tokenizer: Tokenizer, version: str) -> tuple[dict[str, int], int]:
    """jieba's frequencies, from our cache if it matches the dictionary file, else parsed and cached."""
    with tokenizer.get_dict_file() as file:
        path = Path(file.name)
    stat = path.stat()
    key = hashlib.sha256(f"{path}|{stat.st_size}|{stat.st_mtime_ns}|{version}|{sys.version}".encode())
    name = f"jieba-{key.hexdigest()[:16]}.marshal"
    if content := read_cache(name):
        with contextlib.suppress(ValueError, EOFError, TypeError):
            frequencies, total = marshal.loads(content)  # noqa: S302 (our own file, see contract_scan.cache)
            return frequencies, total
    with tokenizer.get_dict_file() as file:
        frequencies, total = tokenizer.gen_pfdict(file)
    write_cache(name, marshal.dumps((frequencies, total)))
    return frequencies, total
