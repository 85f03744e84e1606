"""Known names: files that are in order, and matching that respects capitals where they count."""

import pytest

from extractors.entities.gazetteer import Gazetteer, known_names
from extractors.record import ENTITY_TYPES
from extractors.text.words import read_list


def found(names: dict[str, str], text: str) -> list[tuple[str, str]]:
    gazetteer = Gazetteer()
    for name, entity_type in names.items():
        gazetteer.add(name, entity_type)  # type: ignore[arg-type]
    return [(text[s:e], t) for s, e, t in gazetteer.find(text)]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("neural network", "Neural Networks learn", ["Neural Networks"]),
        ("fine-tuning", "fine tuning", ["fine tuning"]),
        ("SAM", "we sam a SAM", ["SAM"]),
        ("CNN", "CNNs", ["CNNs"]),
        ("CIFAR-10", "CIFAR10, CIFAR 10, CIFAR-100", ["CIFAR10", "CIFAR 10"]),
        ("wav2vec 2.0", "wav2vec 2.0.", ["wav2vec 2.0"]),
        ("GAN", "GANgster GAN", ["GAN"]),
        ("object detection", "object\ndetection", []),
    ],
)
def test_a_name_is_found_in_its_spellings_only(name: str, text: str, expected: list[str]) -> None:
    assert [form for form, _ in found({name: "Method"}, text)] == expected


def test_the_longest_name_wins() -> None:
    assert found({"detection": "Task", "object detection": "Task"}, "object detection") == [
        ("object detection", "Task")
    ]


@pytest.mark.parametrize("entity_type", ENTITY_TYPES)
def test_the_lists_hold_no_name_twice(entity_type: str) -> None:
    names = read_list(f"names/{entity_type.lower()}.txt")
    assert len(names) > 200
    assert sorted(names) == sorted(set(names))


def test_a_known_name_is_found_as_its_type() -> None:
    text = "ImageNet"
    assert list(known_names().find(text)) == [(0, 8, "Dataset")]
