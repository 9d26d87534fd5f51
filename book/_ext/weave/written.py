"""Where a figure was written: the line of book/numbers that holds its key, found in the sources.

Most keys stand there as they are. Others are put together, as in `numbers.say("share-" + letter, …)`: such
an expression answers to every key that has its words, and of several the one with most words counts.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FOLDER = "book/numbers"
WORDS = r'(?:std::string\()?"[\w.-]+"\)?'
PART = rf"(?:{WORDS}|std::to_string\([^()]*\)|(?:std::string\()?\w+(?:\[\w+\])?\)?)"
SUM = rf"{PART}(?: \+ {PART})*"
KEY = re.compile(rf"(?P<said>numbers\.\w+\(\s*)?(?P<words>{SUM})")
NAMED = re.compile(rf"std::string&? (\w+)(?: = ({SUM});)?")  # a constant, or an argument, which may be anything


class Place(NamedTuple):
    path: str
    line: int


class Expression(NamedTuple):
    """What a key is made of: its words, and `.+` for what is only known at run time."""

    pattern: re.Pattern
    rank: tuple[bool, bool, int]  # whole before put together, said before passed on, many words before few
    place: Place


def pattern_of(words: str, names: dict[str, str]) -> str:
    """`"share-" + letter` becomes share-.+"""
    pattern = ""
    for part in re.findall(PART, words):
        literal = re.search(r'"([\w.-]+)"', part)
        pattern += re.escape(literal[1]) if literal else names.get(part, ".+")
    return pattern


def expressions(path: str, text: str) -> list[Expression]:
    found, names = [], {}
    for match in re.finditer(rf"{NAMED.pattern}|{KEY.pattern}", text):
        if match[1]:
            names[match[1]] = pattern_of(match[2], names) if match[2] else ".+"
        words = match[2] or match["words"]
        pattern = pattern_of(words, names) if words else ".+"
        if pattern.replace(".+", "") == "":
            continue
        rank = (".+" not in pattern, bool(match["said"]), len(pattern))
        place = Place(path, text.count("\n", 0, match.start("words") if match["words"] else match.start()) + 1)
        found.append(Expression(re.compile(pattern), rank, place))
    return found


@lru_cache(maxsize=None)
def all_expressions(project: Path) -> list[Expression]:
    paths = sorted((project / FOLDER).glob("*.cpp"))
    return [e for path in paths for e in expressions(str(path.relative_to(project)), path.read_text())]


def written_at(project: Path, key: str) -> Place | None:
    """The line, or None if no line of the programs can have written such a key."""
    answers = [e for e in all_expressions(project) if e.pattern.fullmatch(key)]
    return max(answers, key=lambda answer: answer.rank).place if answers else None
