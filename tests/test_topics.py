"""Topics: one to three entities that a paper is about."""

import spacy

import extractors.components  # noqa: F401  registers the factories
from extractors.document.annotations import Entity, Mention, TopicVote
from extractors.entities.topics import find_topics


def entity(name: str, entity_type: str, *starts: int, introduced: bool = False) -> Entity:
    mentions = [Mention(s, s + 3, entity_type, 1.0, "gold") for s in starts]  # type: ignore[arg-type]
    return Entity(name, entity_type, mentions, introduced)  # type: ignore[arg-type]


def test_what_is_introduced_and_stands_in_the_title_comes_first() -> None:
    entities = [
        entity("accuracy", "Metric", 90),
        entity("parsing", "Task", 20, 60, 70),
        entity("SparX", "Method", 0, 40, 50, 80, introduced=True),
    ]
    votes = find_topics(entities, 30, 0.35)
    assert [v.entity for v in votes] == [2, 1]
    assert votes[0].confidence > votes[1].confidence


def test_there_are_three_at_most_and_one_at_least() -> None:
    many = [entity(f"m{n}", "Method", n * 4, 100 + n, introduced=True) for n in range(5)]
    assert len(find_topics(many, 50, 0.35)) == 3
    assert len(find_topics([entity("accuracy", "Metric", 9)], 0, 0.35)) == 1
    assert find_topics([], 0, 0.35) == []


def test_topics_that_are_there_already_stay() -> None:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("abstractkg_topics")
    doc = nlp.make_doc("SparX")
    doc._.entities = [entity("SparX", "Method", 0)]
    doc._.topics = [TopicVote(0, 0.1)]
    assert component(doc)._.topics == [TopicVote(0, 0.1)]
