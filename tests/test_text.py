"""Cleaning: what each kind of markup and debris becomes, and that clean text is left alone."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.readers.cleaning import clean, clean_abstract, fingerprint

MARKUP = r"""
\emph{ \textbf{ \'e \"o {\it \cite{a} \mathcal{O} \frac{1}{2} \sqrt{n} \alpha $ $$ $k$-NN \$5 \% \& \_ { } \{ \} ~ `` ''
\foo \foo{bar} \begin{x} \item \\ \, \left( \right) x_1 x_{ij} ^2 ^{10} &amp; &lt; &amp;lt; &#233; &nope; <i> </i> <p>
<jats:title> </jats:title> <tex-math> <image,verb> (cid:173) (cid:12) ** - -- – A- b re- lation naïve Ã© â€™ ´e ¨o a b
word 5 10% . , ( )
"""
REPEATED = r"{ $ \ < & ~ ` \emph{ {a <!-- <? <![CDATA[ <jats:title> <tex-math> (cid: **a \cite[ \a[ _{ Ã \href{a}{"
SPACES = (" ", "  ", "\n", "-\n", "\r\n", "\u00ad", "\u0301", " \u0301", "ﬁ", "\u200b", "\x00", "\x93", "\ud83d")
PIECES = st.sampled_from([*MARKUP.split(), *SPACES])
MESSY = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=14).map("".join)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (r"Poincar\'e, Erd{\H{o}}s, G{\"o}del, \v{S}koda, na\"{\i}ve", "Poincaré, Erdős, Gödel, Škoda, naïve"),
        (r"\emph{new} \textbf{\textit{old}} {\em plain} {\bf fat}", "new old plain fat"),
        (r"a $k$-NN index, F$_1$ of $0.9$, $\ell_2$ norm, $10^{-3}$", "a k-NN index, F1 of 0.9, ℓ2 norm, 10^-3"),
        (r"in $\mathcal{O}(n \log n)$ and $\tilde{O}(d\sqrt{DT})$ time", "in O(n log n) and Õ(d√(DT)) time"),
        (r"$10\times 10$ grids, $\alpha$-divergence, $x \in \mathbb{R}^n$", "10×10 grids, α-divergence, x ∈ R^n"),
        (r"$\Theta\left(\frac{n}{\text{MOV}}\right)$", "Θ(n/MOV)"),
        (r"4.97\% of R\&D, my\_tool, \#1", "4.97% of R&D, my_tool, #1"),
        (r"costs \$5 and \$6, or $7", "costs $5 and $6, or $7"),
        (r"as known \cite{a,b} (see~\citep[p. 2]{c})", "as known (see)"),
        (r"code at \url{https://x.org/a_b}; \href{https://x.org}{here}", "code at https://x.org/a_b; here"),
        (r"e.g.,~SVD and re-ID~(re-ID), but ~900K and 20%~50%", "e.g., SVD and re-ID (re-ID), but ~900K and 20%~50%"),
        (r"the \overfeat network, \tool{} and \ourmethod{Net}", "the overfeat network, tool and Net"),
        (r"sets \{0,1\} and {FALCON} but M_{ij}", "sets {0,1} and FALCON but M_{ij}"),
        ("``quoted'' words", "“quoted” words"),
    ],
)
def test_latex_becomes_unicode(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<p>We <i>do</i> &amp; dare, H<sub>2</sub>O</p><p>Twice.</p>", "We do & dare, H2O Twice."),
        ("x &lt; 5 &amp;amp; y &#233; &eacute; &nope; AT&T", "x < 5 & y é é &nope; AT&T"),
        ("<jats:title>Abstract</jats:title><jats:p>We <jats:italic>try</jats:italic>.</jats:p>", "We try."),
        ("<jats:sec><jats:title>Aims</jats:title><jats:p>To try.</jats:p></jats:sec>", "Aims. To try."),
        ("triples <image, verb> and <subject, relation, object>, a token </s>", None),
        ("**LeMiCa**: a cache", "LeMiCa: a cache"),
    ],
)
def test_html_and_jats_markup_goes_and_angle_brackets_of_the_text_stay(raw: str, expected: str | None) -> None:
    assert clean(raw) == (raw if expected is None else expected)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Vector  Ma(cid:173) chines  and repre(cid:173)\nsentations", "Vector Machines and representations"),
        ("neural net-\nworks and low-\nrank ones", "neural networks and low-rank ones"),
        ("difficult to op- timize, compre- hension", "difficult to optimize, comprehension"),
        ("sub- and supersolutions, intra- and inter-task", "sub- and supersolutions, intra- and inter-task"),
        ("state-of- the-art, end-to- end, N-\nway arrays", "state-of-the-art, end-to-end, N-way arrays"),
        ("multi-\ntask here, multitask there", "multitask here, multitask there"),
        ("multiple- person scenes, multiple views of a person", "multiple-person scenes, multiple views of a person"),
        ("difﬁcult overﬂow", "difficult overflow"),
        ("Nystr¨om, R´enyi, G¨artner, Moir´e; 10ˆ4", "Nyström, Rényi, Gärtner, Moiré; 10ˆ4"),
        ("Le ́vy, Fr ́echet, Nystro ̈m, Birge ́ (1983)", "Lévy, Fréchet, Nyström, Birgé (1983)"),
        ("naÃ¯ve 8 Ã\x97 8 NÃœWA, itâ€™s", "naïve 8 × 8 NÜWA, it’s"),
        ("\x93quoted\x94 \u200bzero\u00adwidth\u00a0space \x00", "“quoted” zerowidth space"),
        ("O: 𝒪(N), 𝐱", "O: O(N), x"),
        ("half \ud83d pair \ud83d\ude00", "half \ufffd pair \U0001f600"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_debris_of_pdf_and_encoding_is_repaired(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Abstract: We try.", "We try."),
        ("ABSTRACT We try.", "We try."),
        ("Abstract In this paper, we try.", "In this paper, we try."),
        ("Abstract Meaning Representation is hard.", "Abstract Meaning Representation is hard."),
        ("Abstractive summarization is hard.", "Abstractive summarization is hard."),
        ("No abstract available.", ""),
        ("[Abstract not available]", ""),
        ("N/A", ""),
        (" - ", ""),
    ],
)
def test_a_heading_is_no_part_of_an_abstract_and_a_placeholder_is_none(raw: str, expected: str) -> None:
    assert clean_abstract(raw) == expected


@given(MESSY)
@example("&amp;lt;i&amp;gt;x&amp;lt;/i&amp;gt;")
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once
    assert clean_abstract(clean_abstract(raw)) == clean_abstract(raw)


@given(MESSY)
def test_clean_text_is_one_line_of_valid_nfc(raw: str) -> None:
    text = clean(raw)
    text.encode()
    assert text == " ".join(text.split())
    assert text == unicodedata.normalize("NFC", text)
    assert not any(unicodedata.category(char) == "Cc" for char in text)


def test_fingerprints_are_equal_whatever_case_accents_and_marks() -> None:
    assert fingerprint("Poincaré’s k-NN, F1.") == fingerprint("POINCARE'S K NN — f_1") == "poincaresknnf1"


@pytest.mark.parametrize(
    "piece",
    [*REPEATED.split(), "$ a", "a- b", "a-\n", "word- ", "{\\em ", "$ \\", " \u0301", "\\hat "],
)
def test_no_text_makes_cleaning_slow(piece: str) -> None:
    """A pattern that backtracks over the whole text would take minutes here rather than milliseconds."""
    text = (piece * 20_000)[:20_000]
    begun = time.process_time()
    clean(text)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("the \textbf{LeafNet} and \textsl{DTU9}", "the LeafNet and DTU9"),
        ("the extbf{LeafNet} on extsl{DTU9} ( extit{e.g.}, it)", "the LeafNet on DTU9 (e.g., it)"),
        ("$3 imes 3$ and 8$\times$8 from $a \rightarrow b$, $ ightarrow$", "3×3 and 8×8 from a → b, →"),
        ("$\beta$, $\frac{1}{2}$ and $\nabla$", "β, 1/2 and ∇"),
        ("one\ttwo {a, b}\nu $5", "one two {a, b} u $5"),
        ("he goes to $5 angle", "he goes to $5 angle"),
    ],
)
def test_a_macro_whose_backslash_was_read_as_an_escape_is_one(raw: str, expected: str) -> None:
    assert clean(raw) == expected
