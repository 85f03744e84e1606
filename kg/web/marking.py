"""Names marked in a sentence, as safe HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from kg.web.index import Index, forms, text


def marked(index: Index, sentence: str, concept_ids: Iterable[str], value: str = "") -> Markup:
    """The sentence with the names of these concepts marked, each with the class of its kind, and a result's value."""
    wanted = [(value, "value")] if value else []
    for concept_id in concept_ids:
        node = index.nodes.get(concept_id)
        if node is not None:
            wanted += [(form, node.label.lower()) for form in forms(node)]
    return Markup("").join(_pieces(sentence, [(form, kind) for form, kind in wanted if form]))


def unnamed(index: Index, sentence: str, concept_ids: Iterable[str]) -> list[str]:
    """The preferred names of those of these concepts that a sentence does not name in any form."""
    low = sentence.lower()
    nodes = (index.nodes[one] for one in dict.fromkeys(concept_ids) if one in index.nodes)
    return [text(node, "name") for node in nodes if not any(_is_in(form.lower(), low) for form in forms(node))]


def _is_in(form: str, sentence: str) -> bool:
    return form in sentence and re.search(rf"(?<!\w){re.escape(form)}(?:s|es)?(?!\w)", sentence) is not None


def _pieces(sentence: str, wanted: list[tuple[str, str]]) -> Iterator[Markup | str]:
    kinds = {form.lower(): kind for form, kind in reversed(wanted)}
    if not kinds:
        yield sentence
        return
    longest_first = sorted(kinds, key=lambda form: (-len(form), form))
    names = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?:s|es)?(?!\w)", re.IGNORECASE)
    end = 0
    for found in names.finditer(sentence):
        yield sentence[end : found.start()]
        yield Markup('<mark class="{}">{}</mark>').format(kinds.get(found[1].lower(), "value"), found[0])
        end = found.end()
    yield sentence[end:]
