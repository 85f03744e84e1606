"""Plain text: one abstract a line, paragraphs apart by blank lines, or a listing copied from a web page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise

from kg.readers import encodings
from kg.readers.source import MAX_RECORD, Fields, Source, UnusableFileError, shortened

_SAMPLE = 200
"""Lines from which the layout is told."""

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]*\s*$")
_FURNITURE = re.compile(
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:, \d{4})?"
    r"|\d{1,2} [a-z]{3,9}(?: \d{4})?"
    r"|[\d\W_]+[kKmM]?|\W*\d+ (?:authors?|comments?|papers?|upvotes?|citations?|views?|likes?)"
    r"|submitted (?:by|on)\b.*|subscribe|sign (?:in|up)|log ?in|new|trending|search|menu|home|next|previous|load more"
    r"|view (?:pdf|arxiv page)|pdf|github|arxiv(?: page)?|abstract|share|cite|published (?:on|by)\b.*"
    r"|by ?[A-Z]{2}\b.*)",
    re.IGNORECASE,
)
SECTION = re.compile(
    r"(background|introduction|objectives?|aims?|purpose|motivation|context|methods?|materials?|design|setting|"
    r"results?|findings|conclusions?|discussion|interpretation|significance|summary|availability|limitations)\b"
    r"[\w /&]{0,25}[:.\n]",
    re.IGNORECASE,
)
"""The heading of a section of an abstract, at the beginning of its text."""
_INNER_SECTION = re.compile(r"(?:(?<=[.!?] )|^)" + SECTION.pattern, re.IGNORECASE)
_OPENINGS = frozenset(("background", "introduction", "objective", "aim", "purpose", "motivation", "context"))
_PEOPLE = re.compile(  # "Ann B. Lee, Bo Kim and Pia de la Cruz"
    r"(?:by )?(?:[A-ZÀ-Þ][\w.'’-]*(?: (?:[A-ZÀ-Þ][\w.'’-]*|van|von|de|del|la|der|den|di|da)){1,4}[\d*†]*"
    r"(?:, and |, | and | & |; |$)){2,}"
)
_LETTERED = re.compile(r"(?<!\S)[(\[\"'“‘]*[^\W\d_]")
_LONG_WORDS = 40
_SENTENCE_WORDS = 18
_PROSE_WORDS = 12

Numbered = tuple[int, str]


def read(source: Source) -> Iterator[tuple[str, Fields]]:
    """The abstracts of a text file, each with the title above it. Text that does not look like abstracts is refused."""
    numbered = _checked(source)
    sample = [line for _, line in zip(range(_SAMPLE), numbered, strict=False)]
    rest: Iterator[Numbered] = chain(sample, numbered)
    filled = [text for _, text in sample if text.strip()]
    wrapped = _is_wrapped(filled)
    if wrapped or (len(filled) < len(sample) and _is_listing(filled)):
        rest = _blocks(rest)
    rest = _joined_sections(rest)
    joined = _joined_sections(_blocks(iter(sample)) if wrapped else iter(sample))
    filled = [text.replace("\n", " ") for _, text in joined if text.strip()]
    if filled and not _looks_like_abstracts(filled):
        raise UnusableFileError(f"no text of abstracts, nor a known form: {shortened(filled[0])!r}")
    if _is_listing(filled):
        yield from _listing(source, rest, is_abstract)
    elif _is_titled(filled):
        yield from _listing(source, rest, is_prose)
    else:
        for number, text in rest:
            if is_prose(text):
                yield f"line {number}", {"abstract": text}
            else:
                source.outside(f"line {number}", text)


def _checked(source: Source) -> Iterator[Numbered]:
    for number, text in encodings.lines(source, MAX_RECORD):
        if text is None:
            source.broken(f"line {number}", f"longer than {MAX_RECORD >> 20} MB; no abstract is")
        else:
            yield number, text


def _words(text: str) -> int:
    """How many words the beginning of a text has; none where most of it is numbers and signs."""
    begin = text[:500]
    lettered = len(_LETTERED.findall(begin))
    return lettered if lettered * 3 > begin.count(" ") else 0


def is_abstract(text: str) -> bool:
    """Whether a block of text is long enough for an abstract rather than a title or furniture."""
    words = _words(text)
    return words >= _LONG_WORDS or _is_wide(text) or (words >= _SENTENCE_WORDS and _ends_sentence(text))


def is_prose(text: str) -> bool:
    """Whether a line may be an abstract at all: a sentence, or words enough for one."""
    words = _words(text)
    return words >= _PROSE_WORDS or (words >= 3 and _ends_sentence(text)) or _is_wide(text, 12)


def _ends_sentence(text: str) -> bool:
    """Whether a text ends like a sentence."""
    return _SENTENCE_END.search(text.rstrip()[-10:]) is not None


def _is_wide(text: str, least: int = 80) -> bool:
    """Whether a text has many characters of scripts without spaces between words."""
    return sum(char > "\u2e80" for char in text[:400]) > least


def _looks_like_abstracts(filled: list[str]) -> bool:
    """Whether some lines are prose, or a good part of the text is in one that is long."""
    long = any(is_abstract(text) and len(text) > 160 for text in filled)
    return long or sum(map(is_prose, filled)) * 4 >= len(filled)


def _may_be_title(text: str) -> bool:
    """Whether a line ends like no statement: a title, or a question short enough for one."""
    return not _ends_sentence(text) or (text.rstrip().endswith("?") and _words(text) < _SENTENCE_WORDS)


def _is_listing(filled: list[str]) -> bool:
    """Short lines, titles among them, stand before long ones, which hold whole abstracts."""
    longs = [is_abstract(text) and len(text) > 160 for text in filled]
    if not any(longs):
        return False
    titled = sum(long and not before for before, long in pairwise(longs))
    return titled * 2 >= sum(longs)


def _is_titled(filled: list[str]) -> bool:
    """Lines that end like no sentence stand before longer ones that do: titles before short abstracts."""
    prose = sum(_ends_sentence(text) and is_prose(text) for text in filled)
    titled = sum(
        _may_be_title(title) and _ends_sentence(text) and len(text) > 1.3 * len(title)
        for title, text in pairwise(filled)
    )
    return titled > 0 and titled * 2 >= prose


def _is_wrapped(filled: list[str]) -> bool:
    """Paragraphs are broken into lines of page width, as mail and PDF text are: many begin inside a sentence."""
    if len(filled) < 2 or max(map(len, filled)) > 200:
        return False
    inside = sum(text.lstrip()[:1].islower() and not _ends_sentence(before) for before, text in pairwise(filled))
    return inside >= 0.3 * (len(filled) - 1)


def _blocks(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Lines between blank ones, joined; each with the number of its first line."""
    start, parts, size = 0, list[str](), 0
    for number, text in numbered:
        if text.strip():
            start = start if parts else number
            size += len(text)
            if size <= MAX_RECORD:
                parts.append(text)
        elif parts:
            yield start, "\n".join(parts)
            parts, size = [], 0
    if parts:
        yield start, "\n".join(parts)


def _joined_sections(lines: Iterator[Numbered]) -> Iterator[Numbered]:
    """Lines or blocks in which the sections of one abstract, each under its heading, are one."""
    held: Numbered | None = None
    labels: set[str] = set()
    for number, text in lines:
        own = {label.casefold().rstrip("s") for label in _INNER_SECTION.findall(text)} if SECTION.match(text) else set()
        if held is not None and _go_on(labels, own):
            held, labels = (held[0], f"{held[1]} {text}"), labels | own
            continue
        if not text.strip() and labels:
            continue  # between sections
        if held is not None:
            yield held
        held, labels = (number, text), own
    if held is not None:
        yield held


def _go_on(labels: set[str], own: set[str]) -> bool:
    """Whether a text with sections of ``own`` labels goes on with an abstract that has ``labels``."""
    return bool(labels and own) and own.isdisjoint(labels) and (own.isdisjoint(_OPENINGS) or labels <= _OPENINGS)


def _listing(
    source: Source, blocks: Iterable[Numbered], is_text: Callable[[str], bool]
) -> Iterator[tuple[str, Fields]]:
    """Each abstract with the title above it. What stands there and is no title is page furniture."""
    short: list[Numbered] = []
    for number, block in blocks:
        if not block.strip():
            continue
        *above, last = block.split("\n")
        whole = block.replace("\n", " ")
        if not above or not is_text(last) or len(last) < 2 * max(map(len, above)):
            above, last = [], whole
        short += [(number + place, line) for place, line in enumerate(above)]
        if is_text(last) and (is_abstract(last) or not _may_be_title(last)):
            title = _title([text for _, text in short])
            yield f"line {number + len(above)}", {"abstract": last, "title": title}
            _tell_furniture(source, short, title)
            short = []
        else:
            short += [(number + place, line) for place, line in enumerate(block.split("\n"))]
            _tell_furniture(source, short[:-8], None)
            short = short[-8:]
    _tell_furniture(source, short, None)


def _tell_furniture(source: Source, lines: list[Numbered], title: str | None) -> None:
    for number, text in lines:
        if text.strip() != title:
            source.outside(f"line {number}", text)


def _is_people(line: str, *, sure: bool) -> bool:
    """Whether a line is names of authors; two pairs of words in capitals are so only where that is ``sure``."""
    found = _PEOPLE.fullmatch(line)
    return found is not None and (sure or line.count(",") > 1 or bool(re.search(r" and | & |;|\b[A-Z]\.|\d", line)))


def _title(short: list[str]) -> str | None:
    """The nearest line above an abstract that is no furniture; the nearest of all where each looks like some."""
    proper = [text.strip() for text in short if not _FURNITURE.fullmatch(text.strip())]
    headed = short[-1:] and short[-1].strip(" :.").casefold() in ("abstract", "summary")
    proper = [text for text in proper if not _is_people(text, sure=bool(headed))] or proper
    return proper[-1] if proper else (short[-1].strip() if short else None)
