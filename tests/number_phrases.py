"""Numbers as papers write them: signs, separators, units, uncertainties, ranges and changes in every combination."""

from random import Random

LEADS = (
    "", "from", "gains from", "ranging from", "between", "by", "by up to", "to", "reaches", "of about", "a factor of",
    "factors of roughly", "threshold of", "p <", "p \\leq", "95% CI", "confidence of", "saves", "at", "(", "($", "over",
    "with a standard deviation of", "respectively", "IoU@", "increases", "reduces the error by", "only", "(from",
)  # fmt: skip
SIGNS = ("", "", "", "+", "-", "~", "∼", "≈", "> ", "<", "≥", "≤", "$", "\\geq", "\\leq ", "\\sim", "\\approx ", "±")
DIGITS = (
    "0", "2", "37", "93.5", ".5", "1,024", "1,2", "12,345.67", "1.2.3", "3.", "2e-5", "1e400", "10^6", "three", "ten",
    "half", "twice", "two orders of magnitude", "an order of magnitude", "٣٤", "½", "²", "1 000", "00", "9" * 400,
)  # fmt: skip
UNITS = (
    "", "", "%", " %", "\\%", "\\%$", "$\\%$", " percent", " per cent", "%+", "x", "×", " \\times", "$\\times$",
    " times", "-fold", " folds", " dB", "fps", " frames/s", " points", "% points", "-percentage-point", "pp", " ms",
    "mm", "°", " GPU hours", " million", " billion", "k", "M", ")", "]", "/", "-D", " BLEU", "$", "}",
)  # fmt: skip
BETWEEN = (
    " to ", "-", " - ", "–", "—", "--", " ~ ", "~", "∼", " and ", ", ", "/", " or ", " → ", "->", " --> ", " => ",
    "$\\to$", " \\rightarrow ", " vs. ", " ± ", "\\pm", "+/-", " (± ", " (SD ", " [95% CI ", " on some to whopping ",
    " up to ", " compared to ", " than ", ";", " × ", "x", "^",
)  # fmt: skip
TAILS = (
    "", " faster", " of the data", " larger models", " improvement", ").", "]", "%)", " on average", ", respectively",
    " fewer parameters", " in accuracy", " order of magnitude", "-", " (95% CI 1-2)", " (", "$",
)  # fmt: skip


def phrase(chance: Random) -> str:
    """A few numbers in a row, every other of them a plain one."""
    text = f"{chance.choice(LEADS)} {_number(chance)}"
    while chance.random() < 0.6:
        text += chance.choice(BETWEEN) + _number(chance)
    return text + chance.choice(TAILS)


def _number(chance: Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(("2", "37", "93.5", "0.4")) + chance.choice(("", "", "%", "x", " times", " points"))
    return chance.choice(SIGNS) + chance.choice(DIGITS) + chance.choice(UNITS)
