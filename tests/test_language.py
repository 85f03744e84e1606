"""Which abstracts are not in English."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.pipeline import SpacyExtractor
from extractors.text.language import foreign_language
from kg.building.extraction import extract
from kg.errors import Report

FOREIGN = {
    "German": "Wir untersuchen ein Verfahren zur Segmentierung von Bildern. Es erreicht auf dem Datensatz Cityscapes "
    "einen Wert von 81,2 % und ist dabei schneller als der bisherige Stand der Technik.",
    "French": "Nous présentons une méthode pour la traduction automatique. Elle est entraînée sur des corpus "
    "parallèles et dépasse les systèmes de référence de deux points BLEU.",
    "Spanish": "En este trabajo se presenta un modelo para la detección de objetos. Los resultados en COCO son mejores "
    "que los de otros métodos con un coste menor.",
    "Portuguese": "Neste artigo apresentamos um modelo para a classificação de imagens. Os resultados mostram que não "
    "é preciso mais dados para uma boa precisão.",
    "Italian": "In questo lavoro viene proposto un metodo per il riconoscimento del parlato. I risultati sono migliori "
    "di quelli della rete di partenza e il costo è più basso.",
    "Dutch": "Wij stellen een methode voor om zinnen te ontleden. De resultaten op het corpus zijn beter dan die van "
    "eerdere modellen, en het model is ook sneller.",
    "Polish": "W pracy przedstawiono metodę rozpoznawania obrazów. Wyniki na zbiorze CIFAR-10 są lepsze niż w "
    "przypadku sieci, które nie korzystają z augmentacji, a czas uczenia jest krótszy.",
    "Turkish": "Bu çalışmada görüntü sınıflandırma için yeni bir yöntem ve bir veri kümesi sunulmaktadır. Yöntem daha "
    "az veri ile eğitilir ve ResNet modelinden daha iyi sonuç verir.",
    "a language in Cyrillic script": "Мы предлагаем метод для распознавания речи на основе Transformer.",
    "Chinese": "我们提出了一种基于Transformer的图像分类方法，在ImageNet上取得了最好的结果。",
    "Japanese": "本研究では、画像分類のための新しい手法を提案する。ImageNetで高い精度を達成した。",
    "Korean": "본 논문에서는 영상 분류를 위한 새로운 방법을 제안한다.",
}

ENGLISH = [
    "We propose a parser for German and French. It is trained on the Tiger corpus and reaches an F1 score of 91.2.",
    "BERT, RoBERTa, XLNet, GPT-2, T5: fine-tuning, distillation, pruning, quantization.",  # keywords tell nothing
    "The estimator converges at rate $\\alpha\\beta\\gamma\\delta$ for all α, β, γ with λ → ∞.",
    "The models DeBERTa and CamemBERT answer questions such as 'Où est la bibliothèque?' and 'Wo ist der Bahnhof?'.",
    "Deep learning.",
    "",
]


@pytest.mark.parametrize(("language", "text"), FOREIGN.items(), ids=FOREIGN)
def test_other_languages_are_told_by_name(language: str, text: str) -> None:
    assert foreign_language(text) == language


@pytest.mark.parametrize("text", ENGLISH)
def test_english_and_what_is_too_short_to_tell_are_read(text: str) -> None:
    assert foreign_language(text) is None


def test_nothing_is_claimed_from_a_text_that_is_not_english() -> None:
    record = SpacyExtractor("patterns", neural=False).extract("p1", "BERT für Bilder", FOREIGN["German"])
    assert (record.id, record.abstract) == ("p1", FOREIGN["German"])
    assert not record.mentions
    assert not record.entities
    assert not record.relations
    assert not record.results


def test_a_foreign_title_does_not_hide_an_english_abstract() -> None:
    text = "We train BERT on SQuAD. BERT outperforms the LSTM of the authors on this data set by 3.1 points."
    record = SpacyExtractor("patterns", neural=False).extract("p1", "Ein Modell für die Beantwortung von Fragen", text)
    assert "SQuAD" in {entity.name for entity in record.entities}


def test_kg_extract_names_the_papers_that_are_not_in_english(tmp_path: Path) -> None:
    abstracts = tmp_path / "papers.jsonl"
    rows = [{"id": "de-1", "abstract": FOREIGN["German"]}, {"id": "en-1", "abstract": ENGLISH[0]}]
    abstracts.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    report = Report()
    records = list(extract([str(abstracts)], extractor="patterns", report=report))
    assert [bool(record["mentions"]) for record in records if record["id"] == "de-1"] == [False]
    assert report.counts["not in English"] == 1
    (note,) = report.notes
    assert (Path(note.file).name, note.place) == ("papers.jsonl", "de-1")
    assert "German" in note.reason
