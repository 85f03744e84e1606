"""Assembly as a whole: from records to one graph, with nothing that a paper says lost."""

from __future__ import annotations

import dataclasses

import pytest
from assembly_records import Extracted, aliases, concepts, lines, paper, texts

from extractors.record import Span
from kg import schema
from kg.assembly import Overrides, assemble
from kg.assembly.present.numbers import half_width
from kg.errors import KGError
from kg.graph import Relationship


def relationships(*papers: Extracted, type: str) -> list[Relationship]:
    return [r for r in assemble(papers).graph.relationships if r.type == type]


def test_forms_of_one_paper_are_one_node_with_every_form_as_alias() -> None:
    one = paper("p:1", "{Method#1 Convolutional neural networks} ({Method#1 CNNs}) beat a {Method#1 CNN}.")
    (node,) = concepts(assemble([one])).values()
    assert node.id == "method:convolutional-neural-network"
    assert node.properties["name"] == "convolutional neural network"
    assert {"Convolutional neural networks", "CNNs", "CNN"} <= {*texts(node.properties["aliases"])}
    assert node.properties["papers"] == 1


def test_an_abbreviation_that_papers_define_joins_papers_that_only_use_it() -> None:
    papers = [
        paper("p:1", "{Method#1 Frobnicated Sparse Quorum Descent} ({Method#1 FSQD}) is fast."),
        paper("p:2", "We compare with {Method FSQD}."),
    ]
    assert aliases(*papers) == {frozenset({"Frobnicated Sparse Quorum Descent", "FSQD"})}


def test_an_ambiguous_abbreviation_goes_where_its_paper_says_and_else_stays_on_its_own() -> None:
    papers = [
        paper("p:1", "{Method#1 active learning} ({Method#1 AL})"),
        paper("p:2", "{Method#1 augmented Lagrangian} ({Method#1 AL})"),
        paper("p:3", "We use {Method AL}."),
    ]
    assert aliases(*papers) == {
        frozenset({"active learning", "AL"}),
        frozenset({"augmented Lagrangian", "AL"}),
        frozenset({"AL"}),
    }


def test_an_abbreviation_beside_one_of_its_long_forms_means_that_one() -> None:
    papers = [
        paper("p:1", "{Method#1 active learning} ({Method#1 AL})"),
        paper("p:2", "{Method#1 augmented Lagrangian} ({Method#1 AL})"),
        paper("p:3", "In {Method#1 active learning}, {Method#2 AL} asks."),
    ]
    assert frozenset({"AL"}) not in aliases(*papers)


def test_a_paper_that_defines_a_usual_abbreviation_otherwise_is_believed() -> None:
    papers = [
        paper("p:1", "{Method#1 Cellular Nonlinear Networks} ({Method#1 CNN}) are analog."),
        paper("p:2", "A {Method CNN} classifies images."),
    ]
    found = aliases(*papers)
    assert frozenset({"Cellular Nonlinear Networks", "CNN"}) in found
    assert frozenset({"convolutional neural network", "CNN"}) in found


def test_one_definition_does_not_decide_what_a_known_name_means() -> None:
    """COCO is known as a name of its own, which hardly any paper spells out."""
    papers = [
        paper("p:1", "{Dataset#1 COmparing COntinuous Optimizers} ({Dataset#1 COCO}) is a benchmark."),
        paper("p:2", "We evaluate on {Dataset COCO}."),
        paper("p:3", "We evaluate on {Dataset MS COCO}."),
    ]
    found = aliases(*papers)
    assert frozenset({"COmparing COntinuous Optimizers", "COCO"}) in found
    assert frozenset({"COCO", "MS COCO"}) in found


def test_one_definition_does_not_decide_for_a_hundred_papers() -> None:
    definition = paper("p:1", "{Dataset#1 Frobnicated Sparse Quorum Data} ({Dataset#1 FSQD}) is new.")
    few = [paper(f"p:{n}", "We evaluate on {Dataset FSQD}.") for n in range(2, 12)]
    many = [paper(f"p:{n}", "We evaluate on {Dataset FSQD}.") for n in range(2, 102)]
    assert aliases(definition, *few) == {frozenset({"Frobnicated Sparse Quorum Data", "FSQD"})}
    assert frozenset({"FSQD"}) in aliases(definition, *many)


@pytest.mark.parametrize(
    ("forms", "name"),
    [({"Zebrascapes": 3, "Zebrascape": 1, "ZebraScapes": 1}, "Zebrascapes"), ({"Zeddit": 2, "zeddit": 1}, "Zeddit")],
)
def test_a_data_set_has_the_name_that_most_papers_write(forms: dict[str, int], name: str) -> None:
    written = [form for form, n in forms.items() for _ in range(n)]
    papers = [paper(f"p:{n}", f"We use {{Dataset {form}}}.") for n, form in enumerate(written)]
    (node,) = concepts(assemble(papers)).values()
    assert node.properties["name"] == name


def test_bracketed_definitions_count_even_where_the_record_makes_two_entities() -> None:
    one = paper("p:1", "We train {Method#1 Grouped Kernel Voting} ({Method#2 GKV}).")
    assert aliases(one) == {frozenset({"Grouped Kernel Voting", "GKV"})}


def test_a_second_wording_that_only_says_less_does_not_merge_two_concepts() -> None:
    papers = [
        paper("p:1", "{Method#1 pre-trained language models} are {Method#1 language models}."),
        paper("p:2", "{Method language models} are old."),
    ]
    by_id = concepts(assemble(papers))
    assert "language models" in texts(by_id["method:language-model"].properties["aliases"])
    assert "language models" not in texts(by_id["method:pre-trained-language-model"].properties["aliases"])


def test_the_type_that_most_papers_give_is_the_label_and_votes_are_kept() -> None:
    papers = [
        paper("p:1", "{Task structured prediction}"),
        paper("p:2", "{Task structured prediction}"),
        paper("p:3", "{Method structured prediction}"),
    ]
    assembly = assemble(papers)
    assert list(concepts(assembly)) == ["task:structured-prediction"]
    (why,) = assembly.explanations
    assert dict(why.papers) == {"Method": 1, "Task": 2}


def test_a_proper_name_that_is_a_method_for_some_and_a_dataset_for_as_many_stays_two() -> None:
    papers = [paper(f"p:{n}", "{Method QUUX} learns.") for n in range(3)]
    papers += [paper(f"q:{n}", "On {Dataset QUUX} it fails.") for n in range(3)]
    assert sorted(concepts(assemble(papers))) == ["dataset:quux", "method:quux"]


def test_two_papers_that_introduce_one_name_mean_two_things() -> None:
    papers = [
        paper("p:1", "We propose {Method! DISCO}.", authors=("A One",)),
        paper("p:2", "We propose {Method! DISCO}.", authors=("B Two",)),
    ]
    assert len(concepts(assemble(papers))) == 2


def test_two_versions_of_one_paper_introduce_one_thing() -> None:
    papers = [
        paper("p:1", "We propose {Method! DISCO}.", authors=("A One", "C Three")),
        paper("p:2", "We now propose {Method! DISCO}.", authors=("C Three",)),
    ]
    assert len(concepts(assemble(papers))) == 1


def test_a_technique_that_many_use_is_one_even_if_two_claim_to_introduce_it() -> None:
    papers = [paper(f"p:{n}", "We propose {Method! BERT}.", authors=(f"A {n}",)) for n in range(2)]
    papers += [paper(f"q:{n}", "We use {Method BERT}.") for n in range(5)]
    assert list(concepts(assemble(papers))) == ["method:bert"]


def test_statements_keep_one_relationship_a_paper_with_the_surest_sentence() -> None:
    text = "{Method SimCSE} on {Dataset STS-B}"
    papers = [
        paper("p:1", text, "SimCSE EVALUATED_ON STS-B @0.3", "SimCSE EVALUATED_ON STS-B @0.8"),
        paper("p:2", text, "SimCSE EVALUATED_ON STS-B @0.5"),
    ]
    found = relationships(*papers, type="EVALUATED_ON")
    assert [(r.properties["paper"], r.properties["confidence"]) for r in found] == [("p:1", 0.8), ("p:2", 0.5)]
    assert found[0].properties["sentence"] == "SimCSE on STS-B"
    assert found[0].properties["extractor"] == "test"


def test_claims_that_contradict_each_other_are_both_kept() -> None:
    text = "{Method BERT} and {Method GPT-2}"
    papers = [paper("p:1", text, "BERT OUTPERFORMS GPT-2"), paper("p:2", text, "GPT-2 OUTPERFORMS BERT")]
    ends = {(r.start, r.end) for r in relationships(*papers, type="OUTPERFORMS")}
    assert ends == {("method:bert", "method:gpt-2"), ("method:gpt-2", "method:bert")}


def test_symmetric_statements_are_stored_once_smaller_id_first() -> None:
    text = "{Method GPT-2} and {Method BERT}"
    one = paper("p:1", text, "GPT-2 COMPARED_WITH BERT @0.4", "BERT COMPARED_WITH GPT-2 @0.6")
    (found,) = relationships(one, type="COMPARED_WITH")
    assert (found.start, found.end, found.properties["confidence"]) == ("method:bert", "method:gpt-2", 0.6)


def test_no_concept_is_related_to_itself_after_merging() -> None:
    one = paper("p:1", "{Method#1 CNN} and {Method#2 ConvNets}", "1 COMPARED_WITH 2")
    assert relationships(one, type="COMPARED_WITH") == []


def test_statements_whose_ends_changed_type_keep_to_the_schema() -> None:
    papers = [paper(f"p:{n}", "{Task structured prediction}") for n in range(3)]
    papers.append(
        paper("q:1", "{Method structured prediction} for {Task parsing}", "structured prediction USED_FOR parsing")
    )
    assert relationships(*papers, type="USED_FOR") == []


def test_mentions_count_and_list_the_forms_of_the_paper() -> None:
    one = paper("p:1", "{Method#1 CNNs}, {Method#1 CNNs} and a {Method#1 ConvNet}")
    (mention,) = relationships(one, type="MENTIONS")
    assert mention.properties == {"count": 3, "surface": ("CNNs", "ConvNet")}


def test_introductions_carry_the_confidence_and_the_sentence_of_the_record() -> None:
    paper_id, read, record = paper("p:1", "{Method! SimCSE} is simple. We propose {Method! SimCSE} today. It works.")
    (entity,) = record.entities
    entity = dataclasses.replace(entity, introduced_confidence=0.7, introduction=Span("abstract", 18, 42))
    (found,) = relationships((paper_id, read, dataclasses.replace(record, entities=(entity,))), type="INTRODUCES")
    assert found.properties == {"confidence": 0.7, "sentence": "We propose SimCSE today."}


def test_introductions_of_records_without_a_sentence_quote_the_first_that_names_the_entity() -> None:
    text = "It works. {Method! SimCSE} is simple. We use {Method! SimCSE}."
    (found,) = relationships(paper("p:1", text), type="INTRODUCES")
    assert found.properties == {"confidence": 1.0, "sentence": "SimCSE is simple."}


def test_topics_become_about() -> None:
    one = paper("p:1", "{Method SimCSE} for {Task parsing}", topics=("parsing", "SimCSE"))
    assert [r.end for r in relationships(one, type="ABOUT")] == ["method:simcse", "task:parsing"]


def test_results_hang_on_their_paper_with_number_and_unit() -> None:
    result = {
        "method": "1", "metric": "2", "dataset": "3", "task": None, "baseline": None,
        "value": "42.5%", "uncertainty": "0.3", "comparison": "absolute", "confidence": 0.75,
        "evidence": {"field": "abstract", "start": 0, "end": 10},
    }  # fmt: skip
    one = paper("p:1", "{Method#1 SimCSE} has {Metric#2 accuracy} 42.5% on {Dataset#3 STS-B}", results=[result])
    graph = assemble([one]).graph
    (node,) = (n for n in graph.nodes if n.label == "Result")
    assert node.properties == {
        "value": "42.5%", "number": 42.5, "uncertainty": 0.3, "unit": "%", "comparison": "absolute",
        "confidence": 0.75, "text": "SimCSE has",
    }  # fmt: skip
    found = {(r.type, r.end) for r in graph.relationships if r.start == node.id}
    assert found == {("OF_METHOD", "method:simcse"), ("ON_DATASET", "dataset:sts-b"), ("BY_METRIC", "metric:accuracy")}


def test_papers_keep_what_is_known_of_them_and_nothing_else() -> None:
    one = paper("arxiv:1", "{Method CNN}", title="On CNN", year=2020, authors=("A", "B"))
    node = next(n for n in assemble([one]).graph.nodes if n.label == "Paper")
    known = {"abstract": "CNN", "title": "On CNN", "year": 2020, "authors": ("A", "B")}
    assert node.properties == known | {"key": "a2020cnn"}  # made of them, as none was given


def test_everything_keeps_to_the_schema() -> None:
    text = "{Method! SimCSE} for {Task parsing} on {Dataset STS-B} by {Metric F1}"
    graph = assemble([paper("p:1", text, "SimCSE USED_FOR parsing", "STS-B MEASURED_BY F1", topics=("parsing",))]).graph
    labels = {node.id: node.label for node in graph.nodes}
    for node in graph.nodes:
        assert set(node.properties) <= {p.name for p in schema.NODE_TYPES[node.label].properties}
        assert schema.label_of(node.id) == node.label
    for rel in graph.relationships:
        declared = schema.RELATIONSHIP_TYPES[rel.type]
        assert (labels[rel.start], labels[rel.end]) in declared.endpoints
        assert set(rel.properties) == {p.name for p in declared.properties}


def test_the_same_paper_twice_is_an_error_that_names_it() -> None:
    with pytest.raises(KGError, match="p:1 comes twice"):
        assemble([paper("p:1", "{Method CNN}"), paper("p:1", "{Method CNN}")])


def test_ids_of_other_concepts_stay_when_papers_are_added() -> None:
    before = [paper("p:1", "{Method graph neural networks} on {Dataset CIFAR10}")]
    more = [
        paper("p:2", "{Method Graph Neural Network}, {Method support vector machine} on {Dataset ImageNet}"),
        paper("p:3", "{Method Graph Neural Network}, {Task parsing}"),
    ]
    assert set(concepts(assemble(before))) <= set(concepts(assemble(before + more)))


def test_names_in_other_scripts_have_ids_of_their_own() -> None:
    ids = list(
        concepts(
            assemble([paper("p:1", "{Method 卷积神经网络} and {Method 图神经网络} and {Method Schrödinger bridge}")])
        )
    )
    assert len(ids) == 3
    assert all(i.isascii() for i in ids)
    assert "method:schrodinger-bridge" in ids


def test_nothing_gives_an_empty_graph() -> None:
    assembly = assemble([])
    assert lines(assembly) == ""
    assert assembly.explanations == ()


def test_a_person_may_join_names() -> None:
    papers = [paper("p:1", "{Method FooNet} and {Method BarNet}")]
    joined = Overrides(same=(("Method", "FooNet", "BarNet"),))
    assert aliases(*papers, overrides=joined) == {frozenset({"FooNet", "BarNet"})}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("convnet", "CNN"),
        ("ResNet50", "ResNet-50"),
        ("CNN", "convolutional neural network"),
        ("FooNet", "FooNet model"),
    ],
)
def test_a_person_may_keep_names_apart_that_rules_would_join(left: str, right: str) -> None:
    papers = [paper("p:1", f"{{Method {left}}}"), paper("p:2", f"{{Method {right}}}")]
    assert len(aliases(*papers)) == 1
    assert len(aliases(*papers, overrides=Overrides(different=(("Method", left, right),)))) == 2


def test_a_person_who_says_both_is_told() -> None:
    both = Overrides(same=(("Method", "A1", "B1"),), different=(("Method", "B1", "A1"),))
    with pytest.raises(KGError, match="same and different"):
        assemble([], both)


def test_a_longer_wording_of_a_concept_does_not_bridge_it_to_one_that_says_more() -> None:
    papers = [
        paper(f"p:{n}", "{Method#1 deep convolutional neural networks}, a {Method#1 CNN model}") for n in range(4)
    ]
    papers += [paper("q:1", "{Method CNN model}"), paper("q:2", "{Method CNN}")]
    assert {"method:convolutional-neural-network", "method:deep-convolutional-neural-network"} <= set(
        concepts(assemble(papers))
    )


@pytest.mark.parametrize(
    ("written", "number"),
    [("0.3%", 0.3), ("86.9-88.3", 0.7), ("0.88 to 0.94", 0.03), ("0.88, 0.94", 0.03), ("", None), ("9" * 400, None)],
)
def test_an_uncertainty_is_the_half_width_of_its_interval(written: str, number: float | None) -> None:
    assert half_width(written) == number


def test_a_common_noun_that_ties_unrelated_papers_together_is_generic() -> None:
    """Its papers share nothing else, and name it vaguely; BLEU's papers share translation."""
    unrelated = [
        paper(
            f"text:{n}",
            f"{{Method! Net{n}}} has better {{Metric accuracy}} on {{Dataset Set{n}}}, a high {{Metric accuracy}}.",
        )
        for n in range(30)
    ]
    related = [
        paper(
            f"text:t{n}",
            f"{{Method! MT{n}}} has a {{Metric fluency}} of {n} in {{Task machine translation}} on {{Dataset WMT}}.",
        )
        for n in range(30)
    ]
    found = {
        node.properties["name"]: node.properties["generic"]
        for node in concepts(assemble([*unrelated, *related])).values()
    }
    assert found["accuracy"] is True
    assert not any(found[name] for name in ("fluency", "machine translation", "WMT", "Net1"))


def test_a_name_that_says_no_more_than_that_something_learns_is_generic_in_any_graph() -> None:
    small = paper("text:1", "{Method deep neural network}, {Method weakly-supervised models} and {Method deep forest}.")
    other = paper("text:2", "{Method unsupervised approaches}, {Method kernel learning} or {Task machine learning}.")
    found = {n.properties["name"]: n.properties["generic"] for n in concepts(assemble([small, other])).values()}
    assert {name for name, generic in found.items() if generic} == {
        "deep neural network", "weakly-supervised models", "unsupervised approaches", "machine learning",
    }  # fmt: skip
