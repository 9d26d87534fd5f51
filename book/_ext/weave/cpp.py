"""A C++ file as the book quotes it: by heading, or by the name of what is declared.

The project's layout is what makes this short: clang-format has put every declaration on lines of its
own, and a section begins with a comment `// ---- Heading`.
"""

import bisect
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HEADING = re.compile(r"// ---- (.*)")
ACCESS = re.compile(r"\s*(public|private|protected):$")
CLASS = re.compile(r"(template <.*> )?(class|struct|union|enum class|enum) ")
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
    """A declaration with the comment above it. Lines count from 1 and include the last."""

    first: int
    last: int
    signature: str
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
        self.code = NOT_CODE.sub(
            lambda found: re.sub(r"[^\n]", " ", found[0]), text
        ).splitlines()
        self.headings = {
            found[1]: number
            for number, line in enumerate(self.lines, 1)
            if (found := HEADING.match(line))
        }
        self.items = self._items(1, len(self.lines))

    def to_be_shown(self) -> set[int]:
        """The lines that the book owes its reader."""
        return {n for n, line in enumerate(self.lines, 1) if not UNSEEN.match(line)}

    def excerpt(self, start: str | None = None, end: str | None = None) -> Excerpt:
        """From one anchor to another, both whole. Without an end the first alone; without either,
        the file. An anchor is `top`, `end`, `---- Heading`, or what a declaration says before its
        body, or enough of it: `class Tape`, `Tape::record`, `Tape > size`."""
        first = self._place(start)[0] if start else 1
        if end:
            last = self._place(end)[1]
        else:
            last = self._place(start)[1] if start and start != "top" else len(self.lines)
        while last > first and UNSEEN.match(self.lines[last - 1]):
            last -= 1  # a namespace's closing brace belongs to nobody
        if last < first:
            raise AnchorError(f"{self.path}: '{end}' stands before '{start}'")
        return Excerpt(self.path, first, last, "\n".join(self.lines[first - 1 : last]) + "\n")

    def _place(self, anchor: str) -> tuple[int, int]:
        if anchor == "top":
            return 1, 1
        if anchor == "end":
            return len(self.lines), len(self.lines)
        if anchor.startswith("---- "):
            return self._section(anchor.removeprefix("---- "))
        items = self.items
        for name in anchor.split(" > "):
            found = [item for item in _all(items) if _says(item.signature, name)]
            if len(found) != 1:
                lines = ", ".join(str(item.first) for item in found)
                problem = f"stands for several places, lines {lines}" if found else "is nowhere"
                raise AnchorError(f"{self.path}: '{anchor}' {problem}")
            items = found[0].members
        return found[0].first, found[0].last

    def _section(self, name: str) -> tuple[int, int]:
        found = [heading for heading in self.headings if heading.startswith(name)]
        if len(found) != 1:
            problem = "begins several headings" if found else "is no heading"
            raise AnchorError(f"{self.path}: '{name}' {problem}")
        places = sorted(self.headings.values())
        first = self.headings[found[0]]
        following = bisect.bisect(places, first)
        last = places[following] - 1 if following < len(places) else len(self.lines)
        return first, last

    def _items(self, first: int, last: int) -> list[Item]:
        items: list[Item] = []
        begin = None  # where the comment or the declaration begins
        words: list[str] = []  # the declaration so far
        depth = 0
        for number in range(first, last + 1):
            line, code = self.lines[number - 1], self.code[number - 1]
            if not words and (UNSEEN.match(line) or line.startswith("#") or HEADING.match(line)):
                begin = None
                continue
            begin = begin or number
            if not words and (ACCESS.match(line) or not code.strip()):
                continue  # above a declaration, and part of it
            words.append(code.strip())
            depth += sum(code.count(c) for c in "([{") - sum(code.count(c) for c in ")]}")
            if depth == 0 and code.rstrip().endswith((";", "}")):
                signature = " ".join(words)
                item = Item(begin, number, re.split(r" ?\{|;| = ", signature, maxsplit=1)[0])
                if CLASS.match(signature) and number > begin + 1:
                    body = next(n for n in range(begin, number + 1) if "{" in self.code[n - 1])
                    item.members = self._items(body + 1, number - 1)
                items.append(item)
                begin, words = None, []
        return items


def _all(items: list[Item]):
    for item in items:
        yield item
        yield from _all(item.members)


def _says(signature: str, name: str) -> bool:
    return re.search(rf"(?<![\w:]){re.escape(name)}(?!\w)", signature) is not None


@cache
def read(root: Path, path: str) -> Source:
    """A file of the project."""
    try:
        return Source(path, (root / path).read_text())
    except FileNotFoundError:
        raise AnchorError(f"{path}: there is no such file") from None
