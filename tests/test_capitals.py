"""A concept is shown with the capitals that some paper gives it."""

from extractors.names.capitals import capitalised
from kg.assembly.present.concept_names import preferred


def test_a_form_in_lower_case_is_the_one_that_has_capitals_inside() -> None:
    assert capitalised(["quix", "QUIX", "leafformer", "LeafFormer"]) == {"quix": "QUIX", "leafformer": "LeafFormer"}


def test_a_common_noun_and_a_shouted_title_are_no_such_form() -> None:
    assert capitalised(["leaf autoencoder", "Leaf Autoencoder", "LEAF AUTOENCODER"]) == {}
    assert capitalised(["online multitask pruning", "Online MultiTask Pruning"]) == {}


def test_the_preferred_form_has_its_capitals_and_no_more() -> None:
    assert (
        preferred({"Disentangled Leaf Reconstruction": 1, "QUIX": 1, "quix": 2}) == "Disentangled Leaf Reconstruction"
    )
    assert preferred({"leafformer": 3, "LeafFormer": 1}) == "LeafFormer"
    assert preferred({"3D Leaf Counting": 5, "3D leaf counting": 2, "3d leaf counting": 1}) == "3D leaf counting"
    assert preferred({"Leaf Autoencoder": 5, "leaf autoencoder": 1}) == "leaf autoencoder"
