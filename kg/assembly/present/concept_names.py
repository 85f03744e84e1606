"""The preferred name and the stable id of each concept."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

import numpy as np

from extractors.names.abbreviations import is_short_form
from extractors.names.capitals import capitalised
from extractors.names.concepts import GROUPS, concept_table
from extractors.names.inflection import normalize_words
from extractors.names.keys import name_key, name_words
from extractors.names.normalization import clean
from kg.assembly.names import Names
from kg.assembly.numbering import Ints, Rows, Texts
from kg.assembly.resolution import Concepts


@dataclass(frozen=True, slots=True)
class ConceptName:
    """Id, label and preferred name of a concept in the graph."""

    id: str
    label: str
    name: str


_LONGEST = 80  # characters of an id that are made from the name
_SHORT_SHARE = 4  # an abbreviation is the preferred name if it is used so many times more than the long form
_COINED_SHARE = 4  # a coined name is preferred if at least one in so many uses is of it
_FEW = 4  # letters; an abbreviation as short is seldom coined
_COINED = re.compile(r"[a-z].*.$")
_BRACKETS = re.compile(r"(?<=\S)\s*\([^()]*\)")
_PLAIN = re.compile(r"[A-Za-z0-9 -]*")
_SIGNS = str.maketrans({"+": " plus ", "*": " star ", "#": " sharp ", "&": " ", "'": "", "’": ""})
_WORD = re.compile(r"[^\W_]+(?:\.\d+)?")
_VERSION = re.compile(r"(?<![a-z0-9])([a-z]{3,})(\d+(?:\.\d+)?[a-z]?)(?![a-z0-9])")


def slug(name: str, singular: bool = True) -> str:
    """A readable ASCII form of a name: ``cifar-10`` for CIFAR10; a hash stands for what ASCII cannot write.

    Words are made singular if ``singular`` is true.
    """
    text = name
    if not _PLAIN.fullmatch(name):
        text = clean(name)
        text = (_BRACKETS.sub("", text) or text).translate(_SIGNS)
    words = _WORD.findall(text)
    words = normalize_words(words) if singular else [word.lower() for word in words]
    readable = _VERSION.sub(r"\1-\2", "-".join(words))
    if readable.isascii() and 0 < len(readable) <= _LONGEST:
        return readable
    latin = unicodedata.normalize("NFKD", readable).encode("ascii", "ignore").decode()
    written = re.sub(r"-{2,}", "-", latin).strip("-")[:_LONGEST].strip("-")
    if len(latin) > _LONGEST or sum(map(str.isalnum, latin)) < sum(map(str.isalnum, readable)) or not written:
        return f"{written}-{_hash(name_key(name))}".strip("-")
    return written


@dataclass(frozen=True, slots=True)
class ConceptNames:
    """Ids, labels and preferred names of concepts, each by the concept's number, and where their forms are.

    ``order`` has the concepts in the order of their ids. ``forms`` has the forms of each concept as places in the
    columns of `kg.assembly.names.Names`, in their order.
    """

    ids: Texts
    labels: list[str]
    names: Texts
    order: Ints
    forms: Rows

    def __len__(self) -> int:
        return len(self.ids)


def name_concepts(names: Names, concepts: Concepts, wanted: Set[str] = frozenset()) -> ConceptNames:
    """Id, label and name of each concept; its name is one of ``wanted`` if papers call it so."""
    number = len(concepts.roots)
    rows = Rows.grouped(concepts.of_form, np.arange(len(names.form), dtype=np.int32), number)
    ids: list[str] = []
    labels: list[str] = []
    taken: set[str] = set()

    def shown_names() -> Iterator[str]:
        for concept, root in enumerate(concepts.roots.tolist()):
            shown = _name(concept, _counts(names, rows[concept]), concepts, wanted)
            identifier = shown.id
            if identifier in taken:
                identifier = f"{identifier}-{_hash(concepts.usage.keys[root])}"
            taken.add(identifier)
            ids.append(identifier)
            labels.append(shown.label)
            yield shown.name

    found = Texts(shown_names())
    order = np.array(sorted(range(number), key=ids.__getitem__), np.int32)
    return ConceptNames(Texts(ids), labels, found, order, rows)


def _counts(names: Names, places: Ints) -> dict[str, int]:
    """How often each form occurs at these places."""
    counts = Counter(names.form[places].tolist())
    return {names.texts[form]: n for form, n in counts.items()}


def _name(concept: int, forms: Mapping[str, int], concepts: Concepts, wanted: Set[str]) -> ConceptName:
    usage, members = concepts.usage, concepts.members[concept].tolist()
    label = concepts.label(concept)
    leading = [key for key in members if not concepts.clusters.follows(key)] or members
    identifier = id_of(members, leading, label, concepts)
    known, coined = _known(usage.keys[key] for key in members), _coined(leading, concepts)
    own = min(forms.keys() & wanted, default=None)
    written = {usage.keys[key].partition("\t")[0] for key in members}
    inside = {form for form in forms if not is_short_form(form) and name_key(form) not in written}
    shown = own or known or preferred(forms, coined, inside, proper=label == "Dataset")
    return ConceptName(identifier, label, shown)


def id_of(keys: list[int], leading: list[int], label: str, concepts: Concepts) -> str:
    """The id of a concept of a label that has these keys, where no other has it.

    ``leading`` are those that were not joined to another as a misspelling or a longer wording of it.
    """
    texts = concepts.usage.keys
    known = _known(texts[key] for key in keys)
    readable = _slug(leading, label, known, _coined(leading, concepts), concepts)
    return f"{label.lower()}:{readable}{_mark(texts[min(keys)])}"


def _coined(keys: list[int], concepts: Concepts) -> Set[str]:
    """The forms of these keys that are coined."""
    usage = concepts.usage
    return {form for key in keys for form in usage.forms(key) if is_coined(form, usage.keys[key])}


def is_coined(form: str, key: str) -> bool:
    """Whether a form is an abbreviation coined as a name: SimCSE, FedAvg, not CNN or MDPs."""
    return (
        len(form) > _FEW
        and is_short_form(form)
        and name_key(form) != key.partition("\t")[0]
        and bool(_COINED.search(form))
    )


def preferred(
    forms: Mapping[str, int], coined: Set[str] = frozenset(), inside: Set[str] = frozenset(), proper: bool = False
) -> str:
    """The preferred form, from a concept's forms with the number of papers that use each; coined names go first.

    Forms with an abbreviation ``inside`` stand back as abbreviations do: occluded re-ID is occluded re-identification.
    Of a ``proper`` name the form that most papers use: Cityscapes is no plural, and Reddit is not written "reddit".
    A form in lower case counts as the one that has the capitals: "dimr" as "DIMR".
    """
    forms = _with_capitals(forms)
    if sum(forms[form] for form in coined) * _COINED_SHARE >= sum(forms.values()) > 0 and coined:
        return min(coined, key=lambda form: (_is_plural(form), -forms[form], form))
    if len(forms) == 1:
        return next(iter(forms))
    short = sum(n for form, n in forms.items() if is_short_form(form))
    long = sum(n for form, n in forms.items() if not is_short_form(form))
    wanted = short > _SHORT_SHARE * long
    candidates = [form for form in forms if is_short_form(form) == wanted] or list(forms)
    spelled = [form for form in candidates if form not in inside]
    if spelled and sum(forms[form] for form in candidates) <= (_SHORT_SHARE + 1) * sum(map(forms.__getitem__, spelled)):
        candidates = spelled
    by_key: Counter[str] = Counter()
    for form in candidates:
        by_key[name_key(form)] += forms[form]
    best = min(by_key, key=lambda k: (-by_key[k], k))
    candidates = [form for form in candidates if name_key(form) == best]
    if proper:
        return min(candidates, key=lambda f: (clean(f) != f, -forms[f], f))
    return min(candidates, key=lambda f: (clean(f) != f, _is_plural(f), 0 if wanted else _capitals(f), -forms[f], f))


def _with_capitals(forms: Mapping[str, int]) -> Mapping[str, int]:
    """The forms without those that another has in its capitals, which is counted for them."""
    written = capitalised(forms)
    if not written:
        return forms
    counts: Counter[str] = Counter()
    for form, n in forms.items():
        counts[written.get(form, form)] += n
    return counts


def _capitals(form: str) -> int:
    """0 for a form in lower case, 1 for one like "3D object detection", 2 where every word has a capital."""
    return 0 if form.islower() else 1 if any(map(str.islower, form.split())) else 2


def _is_plural(form: str) -> bool:
    last = (clean(form).split() or [form])[-1]
    return last.endswith("s") and name_words(last) != (last.lower(),)


def _known(members: Iterable[str]) -> str | None:
    """The expected name of a concept that the table of concepts knows."""
    display = concept_table().display
    return next((display[key] for key in members if key in display), None)


def _slug(keys: list[int], label: str, known: str | None, coined: Set[str], concepts: Concepts) -> str:
    """The readable part of a concept's id: it depends on the names only, not on how many papers use each."""
    if known is not None:
        return slug(known, singular=False)
    singular = label != "Dataset"  # Cityscapes is no plural
    if coined:
        return _most(coined, None, singular)
    usage = concepts.usage
    slugs = [_most(usage.forms(key), concepts.spelled.get(usage.keys[key]), singular) for key in keys]
    return min(slugs, key=lambda s: (s.count("-"), s))


def _most(forms: Iterable[str], spelled: str | None, singular: bool) -> str:
    """The slug of most long forms; if there are only abbreviations, the slug of what they stand for."""
    long = [form for form in forms if not is_short_form(form)]
    if not long and spelled is not None:
        return slug(spelled, singular)
    long = long or list(forms)
    if len(long) == 1:
        return slug(long[0], singular)
    counts = Counter(slug(form, singular) for form in long)
    return min(counts, key=lambda s: (-counts[s], -len(s), s))


def _mark(root: str) -> str:
    """What distinguishes a homonym: a hash of the paper that introduces it."""
    mark = root.partition("\t")[2]
    return f"-{_hash(mark)[:6]}" if mark and mark not in GROUPS.values() else ""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
