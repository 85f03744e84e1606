"""One paper is one Paper: which papers are the same, what they are called, what they know together.

Papers are one that share a DOI, an arXiv id, an ACL Anthology id or the text of their
abstract, and so on in chains. An identifier is a claim that can be wrong (the DOI of a whole
volume on each of its papers, a slip in a bibliography kept by hand), and a wrong merge cannot
be taken apart later. So papers that share an identifier but neither title nor words stay
apart, and that identifier then names none of them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, groupby

from extractors.names.disjoint_sets import DisjointSets
from kg.errors import Problem, Report
from kg.papers import RECORD_PARTS, Paper
from kg.readers import identifiers
from kg.readers.cleaning import clean, clean_abstract, fingerprint
from kg.readers.source import shortened

TEXT_ALONE = 120
"""Letters and digits from which on an abstract names a paper by itself; a shorter one
(``This paper has been withdrawn``) does so unless its papers have different titles."""

SAME_WORDS = 0.4
"""The share of the shorter abstract's words that the other must have for two wordings under
one identifier to count as versions of one paper. Of 200,000 pairs of different papers of
machine-learning venues, fewer than one in ten thousand shares so much (99.99%: 0.37; pairs
of one venue and year 0.40); an abstract with half of its sentences left out shares all."""

_MANY = 50  # an identifier on more texts than this is a volume's or a placeholder: only equal titles join
_SHOWN = 5  # of the papers that claim one identifier
_DIGEST = "sha256:"  # before what stands for a long text; a short one has letters and digits only, or neither
_WORD = re.compile(r"\w{4,}")
_PREPRINT_VENUES = re.compile(r"arxiv|corr$|biorxiv|preprint", re.IGNORECASE)


def merge_papers(papers: Iterable[Paper], report: Report | None = None) -> list[tuple[str, Paper]]:
    """The distinct papers among ``papers``, each with its id, sorted by id.

    The outcome depends neither on order nor on how often a paper comes, and merging it
    again changes nothing. Ids are ``arxiv:…`` (the least), else ``doi:…``, else ``text:``
    and a hash of the text. ``report`` counts what was ``merged`` and is told of each
    identifier that different papers claim.
    """
    members = list(papers)
    read = len(members)
    members = _in_order(members)
    fingerprints: dict[str, str] = {}
    while True:
        groups, claimants = _group(members, fingerprints)
        merged = [_merged(group) for group in groups]
        if len(merged) == len(members):
            break
        # What a merged paper knows may join it to one that none of its parts could reach.
        members = _in_order(merged)
    if report is not None:
        report.counts["merged"] += read - len(merged)
        _tell(claimants, report)
    return sorted((_paper_id(paper, claimants.keys(), fingerprints), paper) for paper in merged)


def merge_keys(paper: Paper) -> list[str]:
    """The names of what may make a paper one with another: papers without a common one never are, not even in chains.

    Papers that share names, and so on in chains, can therefore be merged apart from all others.
    """
    return [f"abstract:{_whole_text(paper)}", *_ids(paper)]


def _in_order(papers: list[Paper]) -> list[Paper]:
    """Sorts by `_order`, each paper once. Few share an abstract: the keys of the rest would fill memory."""
    papers.sort(key=lambda paper: paper.abstract)
    return [paper for _, alike in groupby(papers, key=lambda paper: paper.abstract) for paper in _distinct(list(alike))]


def _distinct(alike: list[Paper]) -> Iterable[Paper]:
    if len(alike) == 1:
        return alike
    by_order = {_order(paper): paper for paper in alike}
    return (by_order[key] for key in sorted(by_order))


def _order(paper: Paper) -> tuple[str, ...]:
    """A sort key that tells any two different papers apart."""
    record = json.dumps(paper.record, sort_keys=True, default=str) if paper.record is not None else ""
    return (
        paper.abstract, repr(paper.title), repr(paper.year), repr(paper.venue), repr(paper.authors), repr(paper.url),
        repr(paper.doi), repr(paper.arxiv), repr(paper.anthology), repr(paper.local_id), repr(paper.key),
        repr(paper.ids), repr(paper.source), record,
    )  # fmt: skip


def _ids(paper: Paper) -> Iterator[str]:
    """The identifiers that a paper has or that follow from those it has."""
    names: set[str] = set()
    arxiv = identifiers.arxiv(paper.arxiv) if paper.arxiv else None
    anthology = paper.anthology
    if paper.doi:
        doi = identifiers.doi(paper.doi) or paper.doi.lower()
        names.add(f"doi:{doi}")
        arxiv_too, anthology_too = identifiers.arxiv_of_doi(doi), identifiers.anthology_of_doi(doi)
        names.update(f"{kind}:{name}" for kind, name in (("arxiv", arxiv_too), ("anthology", anthology_too)) if name)
    names.update(f"{kind}:{name}" for kind, name in (("arxiv", arxiv or paper.arxiv), ("anthology", anthology)) if name)
    yield from sorted(names)


def _group(members: Sequence[Paper], fingerprints: dict[str, str]) -> tuple[list[list[Paper]], dict[str, list[Paper]]]:
    """The members that are one paper, together; and the identifiers that several groups claim, with who does."""
    by_text: dict[str, list[int]] = defaultdict(list)
    by_id: dict[str, list[int]] = defaultdict(list)
    for position, paper in enumerate(members):
        by_text[_text(paper, fingerprints)].append(position)
        for name in _ids(paper):
            by_id[name].append(position)
    groups = DisjointSets[int]()
    for text, positions in by_text.items():
        _join_same_text(text, positions, members, groups)
    for positions in by_id.values():
        _join_same_id(positions, members, fingerprints, groups)
    together: dict[int, list[Paper]] = defaultdict(list)
    for position, paper in enumerate(members):
        together[groups.find(position)].append(paper)
    claimants = {
        name: [members[p] for p in positions]
        for name, positions in by_id.items()
        if len({*map(groups.find, positions)}) > 1
    }
    return list(together.values()), claimants


def _text(paper: Paper, known: dict[str, str]) -> str:
    """`_whole_text` where it is short, else what stands for it: memory does not hold the texts of a million twice."""
    found = known.get(paper.abstract)
    if found is None:
        text = _whole_text(paper)
        found = known[paper.abstract] = text if len(text) < TEXT_ALONE else _DIGEST + _sha256(text)
    return found


def _whole_text(paper: Paper) -> str:
    """What an abstract says, however it is dressed: the text of a record is as its maker had it, markup and all."""
    return fingerprint(clean_abstract(paper.abstract)) or paper.abstract


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _title(paper: Paper) -> str:
    return fingerprint(clean(paper.title)) if paper.title else ""


def _join_same_text(text: str, positions: Sequence[int], members: Sequence[Paper], groups: DisjointSets[int]) -> None:
    if len(positions) == 1:
        return
    titles = {_title(members[p]) for p in positions} - {""}
    alone = text.startswith(_DIGEST) or len(titles) <= 1
    first: dict[str, int] = {}
    for position in positions:
        label = "" if alone else _title(members[position])
        groups.union(first.setdefault(label, position), position)


def _join_same_id(
    positions: Sequence[int], members: Sequence[Paper], known: dict[str, str], groups: DisjointSets[int]
) -> None:
    by_root: dict[int, int] = {}
    for position in positions:
        by_root.setdefault(groups.find(position), position)
    apart = sorted(by_root.values())
    for one, other in combinations(apart, 2):
        if groups.find(one) != groups.find(other) and _compatible(members[one], members[other], len(apart) <= _MANY):
            groups.union(one, other)


def _compatible(one: Paper, other: Paper, by_words: bool) -> bool:
    """Whether two papers under one identifier can be the same: equal titles, or mostly the same words."""
    titles = _title(one), _title(other)
    if titles[0] and titles[0] == titles[1]:
        return True
    first, second = ({*_WORD.findall(paper.abstract.casefold())} for paper in (one, other))
    return by_words and len(first & second) >= SAME_WORDS * min(len(first), len(second))


def _merged(group: Sequence[Paper]) -> Paper:
    """What the papers of a group (in `_order`) know together. A record's own text is kept with it."""
    if len(group) == 1:
        return group[0]
    records = [paper for paper in group if paper.record is not None]
    main = max(records, key=_record_size, default=None)
    title = _best((p.title for p in group), lambda t: (not t.isupper(), len(t)))
    return Paper(
        abstract=main.abstract if main else max((p.abstract for p in group), key=lambda text: (len(text), text)),
        title=main.title if main and main.title else title,
        year=min((p.year for p in group if p.year is not None), default=None),
        venue=_best((p.venue for p in group), lambda v: (not _PREPRINT_VENUES.search(v), len(v))),
        authors=max((p.authors for p in group), key=lambda names: (len(names), sum(map(len, names)), names)),
        url=_best((p.url for p in group), lambda u: (u.startswith("https:"), "/abs/" in u or "doi.org" in u, -len(u))),
        doi=_best((p.doi for p in group), lambda d: (not identifiers.arxiv_of_doi(d), -len(d))),
        arxiv=min((p.arxiv for p in group if p.arxiv), default=None),
        anthology=min((p.anthology for p in group if p.anthology), default=None),
        local_id=min((p.local_id for p in group if p.local_id), default=None),
        key=min((p.key for p in group if p.key), default=None),
        ids=tuple(sorted({name for p in group for name in p.ids})),
        source=tuple(sorted({name for p in group for name in p.source})),
        record=main.record if main else None,
    )


def _best(values: Iterable[str | None], rank: Callable[[str], tuple[object, ...]]) -> str | None:
    """The value that ranks highest; among equals the first in the alphabet."""
    known = sorted({value for value in values if value})
    return max(known, key=rank, default=None)


def _record_size(paper: Paper) -> tuple[int, tuple[str, ...]]:
    """How much a record says; a reference to one (`kg.stores.archive`) gives the counts in place of the parts."""
    parts = [(paper.record or {}).get(part) or 0 for part in RECORD_PARTS]
    return sum(part if isinstance(part, int) else len(part) for part in parts), _order(paper)


def _paper_id(paper: Paper, disputed: Iterable[str], known: dict[str, str]) -> str:
    names = [name for name in _ids(paper) if name not in disputed]
    for kind in ("arxiv:", "doi:"):
        least = min((name for name in names if name.startswith(kind)), default=None)
        if least:
            return least
    text = _text(paper, known)
    digest = text.removeprefix(_DIGEST) if text.startswith(_DIGEST) else _sha256(f"{text}\n{_title(paper)}")
    return f"text:{digest[:16]}"


def _tell(claimants: dict[str, list[Paper]], report: Report) -> None:
    for name, papers in sorted(claimants.items()):
        report.counts["disputed ids"] += 1
        files = sorted({file for paper in papers for file in paper.source})
        claims = [*map(_claim, papers[:_SHOWN]), *([f"{len(papers) - _SHOWN} more"] if len(papers) > _SHOWN else [])]
        reason = f"{len(papers)} papers with different titles and texts claim this identifier; they stay apart"
        problem = Problem(", ".join(files), name, f"{reason}: {'; '.join(claims)}")
        report.problems.append(problem)
        if report.on_problem:
            report.on_problem(problem)


def _claim(paper: Paper) -> str:
    """Where a paper stands and how to find it there: its file, its id in it and its title."""
    found = ", ".join(filter(None, (paper.local_id, shortened(paper.title or paper.abstract))))
    return f"{found} ({', '.join(paper.source)})"
