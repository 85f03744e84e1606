"""The records of an XML file, cut out of its text one by one, so that a damaged one costs only itself.

A parser of the whole document gives up at its first fault. Here the tags of records are
found in the text; what stands between a record's tags is parsed by itself, and what stands
outside is read leniently, for what it says of the records in it. Several documents in one
file are read one after the other. Nothing is loaded from elsewhere and no entity is
declared: a document type that declares some is refused.
"""

from __future__ import annotations

import codecs
import html.entities
import io
import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from kg.readers import encodings, streams
from kg.readers.source import MAX_RECORD, Source, UnusableFileError
from kg.readers.xml_tools import local
from kg.xml_text import XML_FORBIDDEN

_CHUNK = 256 * 1024
_LONGEST_TAG = 20_000
_BAD_REFERENCE = "bare & or reference to a character that XML forbids, mended"
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.:-]*)[\"']")
_REFERENCE = re.compile(r"&(?:(#[xX][0-9a-fA-F]+|#\d+)(;?)|([A-Za-z][A-Za-z0-9]{1,31});)?")
_OWN_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_CLOSED = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<!DOCTYPE": ">"}
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):")
_TAG_WITH_PREFIX = re.compile(r"<[^<>:]*\s[A-Za-z_][\w.-]*:[^<>]*>")
_ATTRIBUTE_PREFIX = re.compile(r"\s([A-Za-z_][\w.-]*):[\w.-]+\s*=\s*[\"']")
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TAG = re.compile(r"[^<>\"']*(?:(?:\"[^\"<]*\"|'[^'<]*')[^<>\"']*)*>")


def elements(source: Source, names: frozenset[str]) -> Iterator[tuple[str, Element, list[Element]]]:
    """Each element of one of ``names`` that is not inside another, with its place and those around it, outermost first.

    Damage that can only mean one thing (a bare ``&``, a reference to a forbidden character)
    is repaired and noted; a record that is damaged otherwise is reported.
    """
    scanner = _Scanner(source, names)
    for text in _texts(source):
        yield from scanner.feed(text)
    yield from scanner.end()


def _texts(source: Source) -> Iterator[str]:
    """The file as text: decoded by its mark, its declaration or its looks, without characters that XML forbids."""
    head, stream = streams.with_head(source.stream)
    declared = _DECLARED.match(head.lstrip())
    at_end = len(head) < streams.HEAD
    if (name := encodings.marked_encoding(head)) is None:
        wanted = declared[1].decode() if declared else ""
        name = encodings.declared(wanted, head, at_end) if wanted else encodings.encoding_of(head, at_end)
        if wanted not in ("", name):
            source.repaired("", f"declared as {wanted}, which it is not; read as {name}")
        elif not wanted and (noted := encodings.guessed(name, head)):
            source.repaired(*noted)
    decoder = codecs.getincrementaldecoder(name)("replace")
    if codecs.lookup(name).name == "utf-8":
        yield from _utf8_texts(source, stream)
        return
    while data := stream.read(_CHUNK):
        yield XML_FORBIDDEN.sub("", decoder.decode(data))
    yield XML_FORBIDDEN.sub("", decoder.decode(b"", final=True))


def _utf8_texts(source: Source, stream: BinaryIO) -> Iterator[str]:
    """Text of UTF-8; where it is not valid, line by line as `kg.readers.encodings.decode_line` reads it."""
    line = 1
    while data := stream.read(_CHUNK):
        data += stream.readline(MAX_RECORD)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = "".join(_decoded_lines(source, data, line))
        line += data.count(b"\n")
        yield XML_FORBIDDEN.sub("", text.replace("\ufeff", ""))


def _decoded_lines(source: Source, data: bytes, first: int) -> Iterator[str]:
    for number, line in enumerate(io.BytesIO(data), first):
        text, note = encodings.decode_line(line)
        if note:
            source.repaired(f"line {number}", note)
        yield text


class _Scanner:
    """Where in the text the reading stands: outside of records, or from the start tag of one on."""

    def __init__(self, source: Source, names: frozenset[str]) -> None:
        self._source = source
        self._mark = re.compile(
            r"<!--|<!\[CDATA\[|<\?|<!DOCTYPE|<(/?)((?:[\w.-]+:)?(?:" + "|".join(sorted(names)) + r"))(?=[\s/>])"
        )
        self._text, self._line = "", 1
        self._counted = 0, 1  # a place in the text and its line
        self._at = 0  # everything before was looked at
        self._record: tuple[int, str] | None = None  # where the present record begins, and its tag
        self._too_long = False  # the present record is let go of
        self._around: list[Element] = []
        self._kept = 0  # characters outside of records since the last one

    def feed(self, text: str) -> Iterator[tuple[str, Element, list[Element]]]:
        """The records that end in a further piece of the file."""
        self._text += text
        yield from self._scan(final=False)
        self._forget(len(self._text) if self._record is None else self._record[0])
        if self._record is not None and (self._too_long or len(self._text) > MAX_RECORD):
            if not self._too_long:
                self._broken(self._record[0], f"longer than {MAX_RECORD >> 20} MB; no record is")
            self._too_long, self._record = True, (self._at, self._record[1])
            self._forget(self._at)
        elif len(self._text) > MAX_RECORD:
            raise UnusableFileError(f"no record ends within {MAX_RECORD >> 20} MB")

    def end(self) -> Iterator[tuple[str, Element, list[Element]]]:
        """The records in what is left at the end of the file."""
        yield from self._scan(final=True)
        if self._record is not None and not self._too_long:
            self._broken(self._record[0], "the file ends in the middle of this record")
        elif self._around:
            self._source.repaired(f"line {self._line}", f"the file ends before </{local(self._around[0])}>")

    def _forget(self, place: int) -> None:
        """Drop the text before a place that was looked at; what may be the beginning of a mark stays."""
        place = min(place, self._at)
        self._line = self._line_of(place)
        self._counted = 0, self._line
        self._text, self._at = self._text[place:], self._at - place
        if self._record is not None:
            self._record = (self._record[0] - place, self._record[1])

    def _scan(self, *, final: bool) -> Iterator[tuple[str, Element, list[Element]]]:
        while mark := self._mark.search(self._text, self._at):
            if mark[2] is None:
                end = self._end_of(mark)
                if end < 0 and not final:
                    self._pass_to(mark.start())
                    return
                self._pass_to(mark.start())
                self._at = end if end >= 0 else mark.end()
                continue
            rest = _TAG.match(self._text, mark.end())
            if rest is None and not final and len(self._text) - mark.end() < _LONGEST_TAG:
                self._pass_to(mark.start())
                return
            self._pass_to(mark.start())
            self._at = rest.end() if rest else mark.end()
            yield from self._tag(mark, self._text[mark.start() : self._at])
        safe = len(self._text) if final else self._text.rfind("<", max(self._at, len(self._text) - 64))
        self._pass_to(len(self._text) if safe < 0 else max(safe, self._at))

    def _end_of(self, mark: re.Match[str]) -> int:
        """The end of a comment, a CDATA section, an instruction or a document type; -1 if it is not there yet."""
        if mark[0] == "<!DOCTYPE":
            head = self._text[mark.start() : mark.start() + 10_000]
            opened = re.match(r"<!DOCTYPE[^\[>]*\[", head)
            if opened:
                if re.search(r"<!ENTITY", head.partition("]>")[0]):
                    raise UnusableFileError("refused: it declares entities (EntitiesForbidden)")
                closed = re.compile(r"\]\s*>").search(self._text, mark.end())
                return closed.end() if closed else -1
        end = self._text.find(_CLOSED[mark[0]], mark.end())
        return end + len(_CLOSED[mark[0]]) if end >= 0 else -1

    def _pass_to(self, place: int) -> None:
        """Look at the text up to a place, none of it in a record unless one is open."""
        if self._record is None and place > self._at:
            self._outside(self._text[self._at : place])
        self._at = max(self._at, place)

    def _tag(self, mark: re.Match[str], tag: str) -> Iterator[tuple[str, Element, list[Element]]]:
        name, empty = mark[2], tag.endswith("/>")
        if mark[1]:
            if self._record is not None and name == self._record[1]:
                begin, self._record = self._record[0], None
                if not self._too_long:
                    yield from self._whole(begin, self._at)
                self._too_long = False
            return
        if self._record is not None:
            if name != self._record[1] or empty:
                return
            if not self._too_long:
                self._broken(self._record[0], f"<{name}> begins before the last one has ended")
            self._record, self._too_long = None, False
        if empty:
            return
        self._record = (mark.start(), name)

    def _whole(self, begin: int, end: int) -> Iterator[tuple[str, Element, list[Element]]]:
        self._kept = 0
        element = self._parsed(begin, self._text[begin:end])
        if element is not None:
            yield f"line {self._line_of(begin)}", element, list(self._around)

    def _parsed(self, begin: int, text: str) -> Element | None:
        from defusedxml.ElementTree import fromstring

        text = self._with_references(text, begin)
        prefixes = {*_PREFIX.findall(text)}
        prefixes.update(name for tag in _TAG_WITH_PREFIX.findall(text) for name in _ATTRIBUTE_PREFIX.findall(tag))
        prefixes -= {"xml", "xmlns"}
        declared = "".join(f" xmlns:{prefix}='{prefix}'" for prefix in sorted(prefixes))  # names are used without them
        try:
            return next(iter(fromstring(f"<record{declared}>{text}</record>")))
        except ParseError as error:
            reason = str(error.msg).partition(":")[0]
            self._broken(begin, f"not well-formed XML ({reason} in its line {error.position[0]})")
        return None

    def _with_references(self, text: str, begin: int) -> str:
        """Text in which all references are to characters; HTML's names are common in XML that does not declare them."""

        def repaired(match: re.Match[str]) -> str:
            number, semicolon, name = match.groups()
            if name in _OWN_ENTITIES:
                return match[0]
            if name and len(found := html.entities.html5.get(name + ";", "")) == 1:
                return f"&#{ord(found)};"
            if number and semicolon and _is_character(number):
                return match[0]
            self._source.repaired(f"line {self._line_of(begin)}", _BAD_REFERENCE)
            return "" if number and semicolon else "&amp;" + match[0][1:]

        if "<![CDATA[" in text:
            pieces = re.split(r"(<!\[CDATA\[.*?\]\]>)", text, flags=re.DOTALL)
            return "".join(piece if at % 2 else _REFERENCE.sub(repaired, piece) for at, piece in enumerate(pieces))
        return _REFERENCE.sub(repaired, text) if "&" in text else text

    def _line_of(self, place: int) -> int:
        """The number of the line at a place; places are mostly asked for in order."""
        at, line = self._counted if self._counted[0] <= place else (0, self._line)
        self._counted = place, line + self._text.count("\n", at, place)
        return self._counted[1]

    def _broken(self, place: int, reason: str) -> None:
        self._source.broken(f"line {self._line_of(place)}", reason)

    def _outside(self, text: str) -> None:
        """Follow the elements around records, and keep what they say."""
        self._kept += len(text)
        if self._kept > MAX_RECORD:
            raise UnusableFileError(f"no record ends within {MAX_RECORD >> 20} MB")
        at = 0
        for tag in re.finditer(r"<(/?)([A-Za-z_][\w.:-]*)([^<>]*?)(/?)>", text):
            self._text_in_element(text[at : tag.start()])
            at = tag.end()
            name = tag[2].rpartition(":")[2]
            if not tag[1]:
                values = {key.rpartition(":")[2]: html.unescape(v or w) for key, v, w in _ATTRIBUTE.findall(tag[3])}
                element = Element(name, values)
                if self._around:
                    self._around[-1].append(element)
                if not tag[4]:
                    self._around.append(element)
            elif any(element.tag == name for element in self._around):
                while self._around.pop().tag != name:
                    pass
        self._text_in_element(text[at:])

    def _text_in_element(self, text: str) -> None:
        if not text.strip():
            return
        if not self._around:
            self._source.outside(f"line {self._line}", text)
            return
        element, plain = self._around[-1], html.unescape(text)
        if len(element):
            element[-1].tail = (element[-1].tail or "") + plain
        else:
            element.text = (element.text or "") + plain


def _is_character(reference: str) -> bool:
    number = int(f"0{reference[1:]}", 16 if reference[1] in "xX" else 10)
    return number < 0x110000 and not XML_FORBIDDEN.match(chr(number))
