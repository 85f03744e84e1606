"""Bytes that are not UTF-8: a guess needs evidence, a stray line is named, and the file around it does not matter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import Report
from kg.papers import Paper
from kg.readers import read_papers

ENGLISH = "We propose a search that walks the graph of citations and stops at gates that are learned."
TEXTS = {
    "zh": "我们提出一种新的图检索方法，它沿着引文图行走，并在学习到的门处停止。实验表明该方法优于现有方"
    "法，并且索引可以放在一台机器上。",
    "zh-Hant": "我們提出一種新的圖檢索方法，它沿著引文圖行走，並在學習到的門處停止。實驗表明該方法優於現有方"
    "法，並且索引可以放在一台機器上。",
    "ja": "本論文では、引用グラフ上を歩き、学習したゲートで停止する検索手法を提案する。実験により、提案"
    "手法が従来手法より優れて"
    "いることを示す。また、索引は一台の計算機に収まる。さらに、固有表現抽出の問題を扱う。",
    "ko": "우리는 인용 그래프를 따라 걷고 학습된 문에서 멈추는 새로운 검색 방법을 제안한다. 실험 결과 "
    "이 방법은 기존 방법보다 우수하다.",
    "ru": "Мы предлагаем новый метод поиска по графу цитирования, который останавливается у обученных ворот. "
    "Эксперименты это "
    "показывают, а индекс помещается на одной машине.",
    "uk": "Ми пропонуємо новий метод пошуку за графом цитувань, який зупиняється біля навчених воріт. Експерименти "
    "показують, "
    "що індекс уміщується на одній машині.",
    "el": "Προτείνουμε μια νέα μέθοδο αναζήτησης στον γράφο αναφορών, η οποία σταματά σε πύλες που έχουν "
    "μαθευτεί. Τα "
    "πειράματα δείχνουν ότι το ευρετήριο χωρά σε μία μηχανή.",
    "he": "אנו מציעים שיטה חדשה לחיפוש בגרף ציטוטים, אשר נעצרת בשערים נלמדים. הניסויים מראים שהשיטה עולה "
    "על השיטות הקיימות "
    "במספר מאגרי נתונים, והאינדקס נכנס במכונה אחת.",
    "ar": "نقترح طريقة جديدة للبحث في مخطط الاستشهادات تتوقف عند بوابات متعلمة. تظهر التجارب أن الطريقة "
    "تتفوق على الطرق "
    "الموجودة في عدة مجموعات بيانات وأن الفهرس يتسع له جهاز واحد.",
    "th": "เราเสนอวิธีการค้นหาแบบใหม่ในกราฟการอ้างอิงซึ่งหยุดที่ประตูที่เรียนรู้แล้ว การทดลองแสดงว่าวิธีนี้ดีกว่าวิธีที่มีอยู่ในชุดข้อมูลหลายชุด.",
    "tr": "Atıf çizgesinde yürüyen ve öğrenilmiş kapılarda duran yeni bir arama yöntemi öneriyoruz. Deneyler, "
    "yöntemin birçok "
    "veri kümesinde var olanlardan üstün olduğunu ve dizinin tek bir makineye sığdığını gösteriyor. "
    "Ayrıca adlandırılmış "
    "varlık tanıma işini de ele alıyoruz. Amacımız, sözcüklerin anlamını bağlamdan çıkaran modellerin "
    "başarısını artırmaktır.",
    "fr": "Nous présentons une méthode développée à l’École des Mines, où les modèles s’arrêtent à des "
    "portes apprises.",
    "de": "Außerdem untersuchen wir die Übertragung zwischen Fachgebieten, die häufig größere Fehler verursacht.",
}
OF_A_SCRIPT = [
    *(("zh", name) for name in ("gb2312", "gbk", "gb18030")), ("zh-Hant", "big5"), ("ja", "shift_jis"),
    ("ja", "euc_jp"), ("ko", "euc_kr"), *(("ru", name) for name in ("cp1251", "koi8_r", "iso8859_5", "cp866")),
    ("uk", "cp1251"), ("uk", "koi8_u"), ("el", "cp1253"), ("el", "iso8859_7"), ("he", "cp1255"), ("he", "iso8859_8"),
    ("ar", "cp1256"), ("ar", "iso8859_6"), ("th", "cp874"),
]  # fmt: skip


def read(path: Path) -> tuple[list[Paper], list[str]]:
    report = Report()
    papers = list(read_papers([path], report))
    assert not report.problems
    return papers, [f"{note.place}: {note.reason}" for note in report.notes]


def line(abstract: str, encoding: str = "utf-8", title: str = "One") -> bytes:
    return json.dumps({"title": title, "abstract": abstract}, ensure_ascii=False).encode(encoding) + b"\n"


def as_form(name: str, text: str) -> str:
    rows = [{"title": "One", "abstract": text}] * 2
    forms = {
        "a.txt": f"{ENGLISH} {text}\n" * 2,
        "a.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows),
        "a.json": json.dumps(rows, ensure_ascii=False),
        "a.bib": "".join(f"@article{{x{n},\n title={{One}},\n abstract={{{text}}}\n}}\n" for n in range(2)),
        "a.csv": f'title,abstract\n"One","{text}"\n"Two","{text}"\n',
        "a.ris": f"TY  - JOUR\nTI  - One\nAB  - {text}\nER  - \n" * 2,
        "a.xml": "<xml><records>"
        + f"<record><titles><title>One</title></titles><abstract>{text}</abstract></record>" * 2
        + "</records></xml>",
    }
    return forms[name]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.bib", "a.csv", "a.ris", "a.xml"])
@pytest.mark.parametrize(
    ("language", "encoding"), [*OF_A_SCRIPT, ("ko", "johab"), ("tr", "cp1254"), ("fr", "cp1252"), ("de", "latin-1")]
)
def test_a_whole_file_in_another_encoding_is_read_in_it(
    tmp_path: Path, name: str, language: str, encoding: str
) -> None:
    text = TEXTS[language].encode(encoding, "ignore").decode(encoding)
    (tmp_path / name).write_bytes(as_form(name, text).encode(encoding))
    papers, notes = read(tmp_path / name)
    assert {paper.abstract.removeprefix(f"{ENGLISH} ") for paper in papers} == {text}
    [note] = notes
    assert note.startswith(("line ", "record "))
    assert "not UTF-8, read as " in note


AROUND = {"ascii": ENGLISH, "accents": f"{ENGLISH} Größe, naïve, déjà vu.", "script": TEXTS["zh"]}


@pytest.mark.parametrize("around", AROUND.values(), ids=list(AROUND))
@pytest.mark.parametrize(
    "text",
    ["Modèles and naïve Bayes walk.", "We beat naïve Bayes.", "Über “gates” – at 50 µm.", "A ± B, ½ of 3°C.",
     "Señor Muñoz visitó à Québec l’été où naïve Noël reçut “ça”."],
)  # fmt: skip
def test_a_stray_line_is_windows_1252_and_named_whatever_is_around_it(tmp_path: Path, around: str, text: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(around) * 4 + line(text, "cp1252") + line(around) * 4)
    papers, notes = read(path)
    assert [paper.abstract for paper in papers] == [around] * 4 + [text] + [around] * 4
    assert notes == ["line 5: not UTF-8, read as Windows-1252"]


@pytest.mark.parametrize("around", AROUND.values(), ids=list(AROUND))
@pytest.mark.parametrize(("language", "encoding"), OF_A_SCRIPT)
def test_a_line_with_enough_of_another_script_is_read_in_it_whatever_is_around_it(
    tmp_path: Path, around: str, language: str, encoding: str
) -> None:
    text = TEXTS[language].encode(encoding, "ignore").decode(encoding)
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(around) * 9 + line(text, encoding) + line(around))
    papers, notes = read(path)
    assert papers[9].abstract == text
    assert {paper.abstract for paper in [*papers[:9], *papers[10:]]} == {around}
    [note] = notes
    assert note.startswith("line 10: not UTF-8, read as ")


@pytest.mark.parametrize("around", AROUND.values(), ids=list(AROUND))
@pytest.mark.parametrize(
    ("name", "encoding"), [("王小明", "gbk"), ("王小明", "big5"), ("山田太郎", "shift_jis"), ("김철수", "euc_kr"),
                           ("Иванов", "koi8_r")],
)  # fmt: skip
def test_a_name_alone_is_no_evidence_of_an_encoding(tmp_path: Path, around: str, name: str, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(around) * 4 + line(ENGLISH, encoding, title=f"On {name}"))
    papers, notes = read(path)
    assert [paper.abstract for paper in papers] == [around] * 4 + [ENGLISH]
    assert notes[0] == "line 5: not UTF-8, read as Windows-1252"


def test_a_slip_in_a_line_of_utf_8_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    broken = line("Größe, naïve and déjà vu – “gates” walk @.").replace(b"@", b"\xe9")
    path.write_bytes(line(ENGLISH) + broken)
    papers, notes = read(path)
    assert papers[1].abstract == "Größe, naïve and déjà vu – “gates” walk é."
    assert notes == ["line 2: not UTF-8, read as Windows-1252"]


@pytest.mark.parametrize("ruler", [b"\x97", b"\xc4", b"\xcd", b"\xc4\xc4\xc2"], ids=["dash", "thin", "double", "box"])
def test_a_ruler_is_no_evidence_of_an_encoding(tmp_path: Path, ruler: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"{ENGLISH} Größe.\n\n".encode("cp1252") + ruler * 90 + f"\n\n{ENGLISH} Maß.\n\n".encode("cp1252"))
    papers, notes = read(path)
    assert [paper.abstract for paper in papers] == [f"{ENGLISH} Größe.", f"{ENGLISH} Maß."]
    assert notes[0] == "line 1: not UTF-8, read as Windows-1252 (3 places, this is the first)"


def test_a_line_of_noise_does_not_cost_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    noise = bytes((number * 89 + number * number * 7) % 128 + 128 for number in range(400))
    path.write_bytes(line(ENGLISH) * 3 + noise + b"\n" + line(ENGLISH))
    report = Report()
    assert [paper.abstract for paper in read_papers([path], report)] == [ENGLISH] * 4
    assert [problem.place for problem in report.problems] == ["line 4"]


def test_lines_that_end_as_on_old_macs_may_be_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"title\tabstract\rOne\t{TEXTS['fr']}\rTwo\t{ENGLISH}\r".encode("cp1252"))
    papers, notes = read(path)
    assert [paper.abstract for paper in papers] == [TEXTS["fr"], ENGLISH]
    assert notes == ["line 2: not UTF-8, read as Windows-1252"]
