"""A C++ file as the book quotes it: by heading, or by what a declaration says before its body.

This is no parser of C++, and needs none: clang-format has put every declaration on lines of its own,
so brackets tell where one ends. It knows nothing of two declarations on one line, of raw strings with
a delimiter, or of brackets that only one branch of an #if closes; then an anchor is nowhere, or lines
are not shown, and the book is not woven. Doxygen's XML would not do instead: it has no using, no
static_assert, no instantiation and not every member that is defined outside its class, no end of a
declaration that goes on for several lines without a body, and no beginning of a comment.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

HEADING = re.compile(r"// ---- (.*)")
ACCESS = re.compile(r"\s*(public|private|protected):$")
CLASS = re.compile(r"(template <.*> )?(class|struct|union|enum) ")
# What a reader does not need to see to have seen everything.
UNSEEN = re.compile(r"\s*$|#pragma once$|#include |namespace( [\w:]+)? \{$|\}  // namespace")
NOT_CODE = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | R"\((.*?)\)" | "(\\.|[^"\\\n])*" | (?<!\w)'(\\.|[^'\\\n])+' """,
    re.DOTALL | re.VERBOSE,
)


class AnchorError(Exception):
    """An anchor that is not there, or that stands for several places."""


@dataclass
class Item:
    """A section, or a declaration with the comment above it. Lines count from 1 and include the last."""

    first: int
    last: int
    says: str
    members: list["Item"] = field(default_factory=list)


@dataclass(frozen=True)
class Excerpt:
    path: str
    first: int
    last: int
    text: str


class Source:
    """A file, and where its sections and declarations begin and end."""

    def __init__(self, path: str, text: str):
        self.path = path
        self.lines = text.splitlines()
        # Strings and comments may hold brackets that close nothing.
        self.code = NOT_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text).splitlines()
        headings = [n for n, line in enumerate(self.lines, 1) if HEADING.match(line)]
        self.sections = [
            Item(first, following - 1, HEADING.match(self.lines[first - 1])[1])
            for first, following in pairwise([*headings, len(self.lines) + 1])
        ]
        self.items = self._items(1, len(self.lines))

    def to_be_shown(self) -> set[int]:
        """The lines that the book owes its reader."""
        return {n for n, line in enumerate(self.lines, 1) if not UNSEEN.match(line)}

    def excerpt(self, start: str | None = None, end: str | None = None) -> Excerpt:
        """From one anchor to another, both whole. Without an end the first alone; without either,
        the file. An anchor is `top`, `end`, `---- Heading`, or what a declaration says before its
        body, or enough of it: `class Tape`, `Tape::record`, `Tape > size`."""
        whole = Item(1, len(self.lines), "")
        first = self._place(start).first if start else 1
        last = (self._place(end or start) if end or start not in (None, "top") else whole).last
        while last > first and UNSEEN.match(self.lines[last - 1]):
            last -= 1  # a namespace's closing brace belongs to nobody
        if last < first:
            raise AnchorError(f"{self.path}: '{end}' stands before '{start}'")
        return Excerpt(self.path, first, last, "\n".join(self.lines[first - 1 : last]) + "\n")

    def _place(self, anchor: str) -> Item:
        if anchor in ("top", "end"):
            line = 1 if anchor == "top" else len(self.lines)
            return Item(line, line, anchor)
        if anchor.startswith("---- "):
            name = anchor.removeprefix("---- ")
            return self._only([s for s in self.sections if s.says.startswith(name)], anchor)
        place = Item(1, len(self.lines), "", self.items)
        for name in anchor.split(" > "):
            words = re.compile(rf"(?<![\w:]){re.escape(name)}(?!\w)")
            found = [item for item in _all(place.members) if words.search(item.says)]
            place = self._only(found, anchor)
        return place

    def _only(self, found: list[Item], anchor: str) -> Item:
        if len(found) == 1:
            return found[0]
        lines = ", ".join(str(item.first) for item in found)
        problem = f"stands for several places, lines {lines}" if found else "is nowhere"
        raise AnchorError(f"{self.path}: '{anchor}' {problem}")

    def _items(self, first: int, last: int) -> list[Item]:
        items: list[Item] = []
        begin = None  # where the comment or the declaration begins
        words: list[str] = []  # the declaration so far
        depth = 0
        for number in range(first, last + 1):
            line, code = self.lines[number - 1], self.code[number - 1].strip()
            if not words and (UNSEEN.match(line) or line.startswith("#") or HEADING.match(line)):
                begin = None
                continue
            begin = begin or number
            if not words and (ACCESS.match(line) or not code):
                continue  # above a declaration, and part of it
            words.append(code)
            depth += len(re.findall(r"[(\[{]", code)) - len(re.findall(r"[)\]}]", code))
            if depth == 0 and code.endswith((";", "}")):
                declaration = " ".join(words)
                item = Item(begin, number, re.split(r" ?\{|;| = ", declaration, maxsplit=1)[0])
                if CLASS.match(declaration) and "{" in declaration:
                    body = next(n for n in range(begin, number + 1) if "{" in self.code[n - 1])
                    item.members = self._items(body + 1, number - 1)
                items.append(item)
                begin, words = None, []
        return items


def _all(items: list[Item]):
    for item in items:
        yield item
        yield from _all(item.members)


@cache
def read(root: Path, path: str) -> Source:
    """A file of the project."""
    try:
        return Source(path, (root / path).read_text())
    except FileNotFoundError:
        raise AnchorError(f"{path}: there is no such file") from None
