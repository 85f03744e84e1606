"""What every mention must stand up to, whoever proposed it: patterns or a model.

A mention lies in one sentence and begins with a whole word; it is no person, no section heading,
no front matter, in no address of the web, and no bare role in a set-up ("teacher network"). A known
benchmark is a dataset, a name with a year is one where another is, a doubtful name is what its sentence makes it
(:mod:`extractors.entities.contexts`), and where one side of a definition is a mention, so is the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from extractors.document.annotations import Mention
from extractors.entities.contexts import typed_by_context
from extractors.entities.gazetteer import known_in, known_names
from extractors.entities.metric_spans import whole_metrics
from extractors.names.definitions import Definition
from extractors.names.inflection import singular
from extractors.text.words import is_stop, read_list, words_of

_HEADINGS: Final = (
    r"BACKGROUND|INTRODUCTION|CONTEXT|OBJECTIVES?|AIMS?|PURPOSE|GOALS?|MOTIVATION|SIGNIFICANCE|DESIGN|SETTING|PARTICIPANTS"
    r"|(?:MATERIALS? AND )?METHODS?|METHODOLOGY|APPROACH|MEASUREMENTS?|DATA|RESULTS?|FINDINGS|MAIN RESULTS|DISCUSSION"
    r"|LIMITATIONS?|CONCLUSIONS?|INTERPRETATION|IMPLICATIONS|AVAILABILITY(?: AND IMPLEMENTATION)?|FUNDING|CONTACT"
)
_HEADING: Final = re.compile(rf"(?<![A-Z])(?:{_HEADINGS})\s?(?::|[-–—]{{1,2}}(?=\s))")
_FRONT_MATTER: Final = re.compile(
    r"(?:index terms|key ?words|key phrases|ccs concepts|general terms|subject (?:headings|areas)"
    r"|mathematics subject classifications?|(?:ams|msc) (?:subject )?classifications?|pacs numbers?"
    r"|jel (?:codes|classification)"
    r"|acm reference format|categories and subject descriptors)\b",
    re.IGNORECASE,
)
_COPYRIGHT: Final = re.compile(
    r"©|\bcopyright\b|\(c\) ?(?:19|20)\d\d|\blicen[cs]ed? ?(?:under|:) (?=.{0,30}\b(?:CC|MIT|BSD|GPL|Apache)\b)"
    r"|\bCC[ -]BY\b",
    re.IGNORECASE,
)
# "github.com/j- doe/fast-parser" goes on where a line was broken.
_ADDRESS: Final = re.compile(
    r"(?:\bhttps?: ?//|\bwww\.|\b[\w-]+\.(?:com|org|io|net|edu|ai)/)\S{0,300}"
    r"(?:(?<=[-/]) (?=\S{0,99}[-/_])\S{1,100}){0,5}",
    re.IGNORECASE,
)
# "Prof. A. B. Miller", "J. K. Smith": a title, or two initials, before a capitalised word.
_TITLE_OR_INITIALS: Final = re.compile(
    r"\b(?:(?:Profs?|Drs?|Mrs?|Ms|Sir|Professor|Doctor|Mme|Herr|Frau)\b\.? (?:[A-Z]\.[ -]?)*(?:[A-Z][a-zà-ÿ]+ )?"
    r"|(?:[A-Z]\.[ -]?){2,} ?(?:(?:van|von|de|der|di|la) )*)$"
)
_AFTER_PERSON: Final = re.compile(r",? (?:Jr|Sr|et al|and (?:co-?workers|colleagues))\b|['’]s \((?:19|20)\d\d")
_SURNAME: Final = re.compile(r"(?:[A-Z]\. ?)*[A-ZÀ-Þ][a-zà-ÿ]+(?:[- ][A-ZÀ-Þ][a-zà-ÿ]+)*(?:,? (?:Jr|Sr)\b\.?)?")
_GENERATION: Final = re.compile(r" (?:Jr|Sr)\.?$")
_BASED: Final = re.compile(r"(?:based|driven|guided|aware|inspired|free|specific|like|style|level) ")
# "the image-based Market1501"
_ADJECTIVE: Final = re.compile(r"(?:[a-z]+-(?:based|supervised)|held-out) (?=[A-Z]\S*[A-Z\d])")
_DASH: Final = re.compile(r" [-–—] ")
_VERB: Final = re.compile(r"(?:propos|present|introduc|develop|design|describ)(?:e|es|ed|ing|s)? (?:an?|the) (?=\w)")
_MEASURE: Final = re.compile(r"\b(?:rates?|accurac(?:y|ies)|scores?|F1|AUC|latency|runtime)$")
# "learning-based competitors" are other people's methods; "the largest benchmark re-id dataset" has no name.
_COMPARED: Final = re.compile(r".*\b(?:competitor|rival|contender)s?|benchmark (?!data|corp|suite|environment)[\w-]+")
_DATED: Final = re.compile(r"(?<![\w-])(?=[\w-]*(?:\d|[A-Z][\w-]*[A-Z]))[A-Za-z][\w-]* (?:19|20)\d\d(?![\w-])")
# "a Jetson Orin Nano", "TPU v4": what programs run on
_HARDWARE: Final = re.compile(
    r"(?:(?:NVIDIA|Nvidia|Intel|AMD|Apple|Qualcomm|Google|ARM|Arm) )?"
    r"(?:(?:Tesla|GeForce|Quadro|Titan (?:X|V|RTX)|RTX|GTX"
    r"|Jetson|Snapdragon|Raspberry Pi|Xeon|Ryzen)\b[\w -]*|Cortex-[AM]\d+|Core i\d\S*|TPU ?v\d\w*(?: pods?)?|[VAH]100s?"
    r"|M\d chip)"
    r"|Hugging ?Face(?: Hub)?"
)
# "(mAP 74.2)", "(accuracy 84 %)"
_SCORED: Final = re.compile(r"(?=[^()]*[A-Za-z])[^()]{2,40}?(?= (?:\d+\.\d+|\d+(?:\.\d+)?\s?\\?%)$)")
_VERSION: Final = re.compile(r"-v\d+$")
_TRIMMED: Final = " \t\n.,;:!?\"'“”‘’"
MOST_WORDS: Final = 6
"""No part of a mention that ran over a sentence's end is a name if it is longer."""


@cache
def vague_names() -> frozenset[str]:
    """Whole names, in the singular, that are roles or parts of a set-up rather than concepts."""
    return frozenset(read_list("vague_names.txt"))


@cache
def environments() -> frozenset[str]:
    """Names of simulated environments that are told apart by a version: "Hopper-v2"."""
    return frozenset(read_list("environments.txt"))


def checked_mentions(
    text: str, mentions: Iterable[Mention], sentences: Sequence[tuple[int, int]], abbreviations: Sequence[Definition]
) -> list[Mention]:
    """``mentions`` as far as they stand up, cut and typed as they must be, in order of the text."""
    bounds = _parts(text, sentences)
    cut = [piece for mention in mentions for piece in _in_one_part(text, mention, bounds)]
    whole = [
        _beside_dash(text, _without_adjective(text, _without_verb(text, _from_word_start(text, mention))))
        for mention in _not_run_together(text, [_without_score(text, mention) for mention in cut])
    ]
    notices = [match.span() for match in _COPYRIGHT.finditer(text)]
    kept = [
        m for m in whole if not (_is_person(text, m) or _is_apparatus(text, m, bounds, notices) or _is_vague(text, m))
    ]
    defined = {text[slice(*a.short)] for a in abbreviations}
    kept = _complete_definitions(
        text, whole_metrics(text, typed_by_context(text, _with_benchmarks(text, kept, defined))), abbreviations
    )
    kept += _of_other_years(text, kept)
    given = set(mentions)
    fresh = {text[m.start : m.end]: m for m in kept if m not in given}
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    found = _apart([*kept, *_elsewhere(text, fresh, bounds)])
    return sorted(m for m in found if not any(start <= m.start < end for start, end in addresses))


def _parts(text: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences, cut again at headings that are glued to the text: "... is common.METHODS: We"."""
    parts = []
    for start, end in sentences:
        for heading in _HEADING.finditer(text, start, end):
            parts.append((start, heading.start()))
            start = heading.end()
        parts.append((start, end))
    return [(start, end) for start, end in parts if start < end]


def _part_of(position: int, parts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The part that ``position`` is in, else the one before it."""
    return parts[max(0, bisect_right(parts, (position, len(parts) and parts[-1][1])) - 1)]


def _in_one_part(text: str, mention: Mention, parts: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """The mention itself; of one that runs over a sentence's end, the pieces that can be names."""
    inside = [p for p in parts if p[0] < mention.end and mention.start < p[1]]
    if len(inside) == 1 and inside[0][0] <= mention.start and mention.end <= inside[0][1]:
        yield mention
        return
    pieces = [_trimmed(text, max(mention.start, start), min(mention.end, end)) for start, end in inside]
    pieces = [(start, end) for start, end in pieces if start < end]
    shortest = min((text[start:end] for start, end in pieces), key=len, default="")
    for start, end in pieces:
        words = words_of(text, start, end)
        if text[start:end] != shortest and text.startswith(shortest, start):
            end = start + len(shortest)  # "X is a detector. X": the name comes twice
        elif not words or len(words) > MOST_WORDS or any(map(is_stop, words)):
            continue
        yield replace(mention, start=start, end=end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIMMED:
        start += 1
    while start < end and text[end - 1] in _TRIMMED:
        end -= 1
    return start, end


def _from_word_start(text: str, mention: Mention) -> Mention:
    """ "shot learning" out of "few-shot learning" gets its first word back; "based parsing" loses "based"."""
    start = mention.start
    if start < 2 or text[start - 1] not in "-‐‑" or not text[start - 2].isalpha() or not text[start].islower():
        return mention
    if suffix := _BASED.match(text, start, mention.end):
        return replace(mention, start=suffix.end())
    while start and (text[start - 1].isalnum() or text[start - 1] in "-‐‑"):
        start -= 1
    return replace(mention, start=start)


def _without_score(text: str, mention: Mention) -> Mention:
    """The measure in "COCO (mAP 74.2)", of which its number is no part."""
    if text[max(0, mention.start - 1) : mention.start] != "(" or text[mention.end : mention.end + 1] != ")":
        return mention
    measure = _SCORED.match(text, mention.start, mention.end)
    return replace(mention, end=measure.end(), type="Metric") if measure else mention


def _not_run_together(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions; "LaSOT TrackOak" as two, where the one is a known dataset and the other a name by itself."""
    names = {text[m.start : m.end] for m in mentions}
    for mention in mentions:
        first, _, rest = text[mention.start : mention.end].partition(" ")
        if rest in names and "Dataset" in known_names().types_of(first):
            yield replace(mention, end=mention.start + len(first), type="Dataset")
            yield replace(mention, start=mention.end - len(rest))
        else:
            yield mention


def _without_verb(text: str, mention: Mention) -> Mention:
    """The name in "propose a parsing network", of which a verb is no part."""
    verb = _VERB.match(text, mention.start, mention.end)
    return replace(mention, start=verb.end()) if verb else mention


def _without_adjective(text: str, mention: Mention) -> Mention:
    """The name of a dataset without what only says how it is used."""
    adjective = _ADJECTIVE.match(text, mention.start, mention.end) if mention.type == "Dataset" else None
    return replace(mention, start=adjective.end()) if adjective else mention


def _beside_dash(text: str, mention: Mention) -> Mention:
    """The name in "a model of all species - MegaNet", where only one side of the dash is written like one."""
    dash = _DASH.search(text, mention.start, mention.end)
    if dash is None:
        return mention
    sides = [replace(mention, end=dash.start()), replace(mention, start=dash.end())]
    proper = [side for side in sides if any(map(str.isupper, text[side.start + 1 : side.end]))]
    return proper[0] if len(proper) == 1 else mention


def _is_person(text: str, mention: Mention) -> bool:
    name = text[mention.start : mention.end]
    if _SURNAME.fullmatch(name) is None:
        return False
    return (
        _GENERATION.search(name) is not None
        or _TITLE_OR_INITIALS.search(text, max(0, mention.start - 40), mention.start) is not None
        or _AFTER_PERSON.match(text, mention.end) is not None
    )


def _is_apparatus(
    text: str, mention: Mention, parts: Sequence[tuple[int, int]], notices: Sequence[tuple[int, int]]
) -> bool:
    """Whether the mention is a heading, a label such as "Keywords", or in a copyright notice."""
    if _FRONT_MATTER.match(text, mention.start) or _HEADING.match(text, mention.start):
        return True
    part = _part_of(mention.start, parts)[0]
    return any(part <= begin and end <= mention.start for begin, end in notices)


def _is_vague(text: str, mention: Mention) -> bool:
    return _is_vague_name(text[mention.start : mention.end])


def _is_vague_name(name: str) -> bool:
    words = name.lower().replace("-", " ").split()
    if not words or _COMPARED.fullmatch(name) or _HARDWARE.fullmatch(name):
        return True
    return " ".join([*words[:-1], singular(words[-1])]) in vague_names()


def _with_benchmarks(text: str, mentions: Sequence[Mention], defined: Collection[str]) -> list[Mention]:
    """The mentions, known benchmarks being datasets, also where a mention is only part of one ("CNN/DailyMail").

    A known metric is one, but for short forms that are ``defined`` in the text: it says what they are.
    """
    known = [(start, end) for start, end, kind in known_in(text) if kind == "Dataset"]
    around = [_around(m, known) for m in mentions]
    kept = [m for m, span in zip(mentions, around, strict=True) if span in (None, (m.start, m.end))]
    typed = [
        replace(m, type="Dataset") if _is_benchmark(text, m, known) else _metric_if_known(text, m, defined)
        for m in kept
    ]
    lost = {span for span in around if span} - {(m.start, m.end) for m in typed}
    return [*typed, *(Mention(start, end, "Dataset", 0.8, "patterns:known") for start, end in sorted(lost))]


def _around(mention: Mention, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The span, of several in order that do not overlap, that the mention lies in."""
    place = bisect_right(spans, mention.start, key=lambda span: span[0]) - 1
    return spans[place] if place >= 0 and mention.end <= spans[place][1] else None


def _metric_if_known(text: str, mention: Mention, defined: Collection[str]) -> Mention:
    """The mention as a metric, if its name is known as nothing else ("SSIM"), or a task "... rate" is meant."""
    name = text[mention.start : mention.end]
    kinds = known_names().types_of(name) if any(map(str.isupper, name)) and name not in defined else set()
    measured = mention.type == "Task" and _MEASURE.search(name) is not None
    return replace(mention, type="Metric") if kinds == {"Metric"} or measured else mention


def _of_other_years(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """All names with a year, where one is a dataset: "NIST 2003" beside the data of "DUC 2004", not "at ACL 2003"."""
    dated = [m for m in mentions if m.type == "Dataset" and _DATED.fullmatch(text, m.start, m.end)]
    if not dated:
        return []
    model = max(dated, key=lambda m: m.confidence)
    places = (match.span() for match in _DATED.finditer(text))
    return [
        replace(model, start=start, end=end, extractor="patterns:dated")
        for start, end in places
        if text[max(0, start - 4) : start] not in (" at ", " in ")
    ]


def _is_benchmark(text: str, mention: Mention, known: Sequence[tuple[int, int]]) -> bool:
    name = text[mention.start : mention.end]
    if not any(map(str.isupper, name)):
        return False
    return (mention.start, mention.end) in known or (
        _VERSION.search(name) is not None and _VERSION.sub("", name) in environments()
    )


def _complete_definitions(text: str, mentions: Sequence[Mention], abbreviations: Sequence[Definition]) -> list[Mention]:
    """The mentions, with the other side of each definition, "long form (SHORT)", of which one side is there."""
    found = list(mentions)
    for a in abbreviations:
        by_span = {(m.start, m.end): m for m in found}
        short, long = by_span.get(a.short), by_span.get(a.long)
        known = short or long
        if known is None or (short and long) or any(_is_vague_name(text[slice(*side)]) for side in (a.short, a.long)):
            continue
        start, end = a.long if short else a.short
        if any(m.start < end and start < m.end and not (start <= m.start and m.end <= end) for m in found):
            continue
        found = [m for m in found if not (start <= m.start and m.end <= end)]
        found.append(replace(known, start=start, end=end, extractor="patterns:defined"))
    return found


def _elsewhere(text: str, names: dict[str, Mention], parts: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """The other places of the names that a check brought to light."""
    for name, mention in names.items():
        if any(map(str.isupper, name)):
            for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?!\w)", text):
                yield replace(mention, start=match.start(), end=match.end())


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Of mentions that overlap the first given; none is there twice."""
    taken: set[int] = set()
    kept = []
    for mention in mentions:
        if mention.start < mention.end and taken.isdisjoint(range(mention.start, mention.end)):
            taken.update(range(mention.start, mention.end))
            kept.append(mention)
    return kept
