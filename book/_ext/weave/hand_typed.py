"""No figure is typed by hand: prose may say integers up to a hundred and years, and no other numbers.

Code, commands, links and what the other directives put into a page are not prose.
"""

import re

from sphinx.util import logging

log = logging.getLogger(__name__)

# Years, volumes and versions are names; and the reference is what the headers say.
EXEMPT = ("references", "changelog", "api/")
NOT_PROSE = re.compile(
    r"""
      ^(`{3,}|~{3,}|:{3,})(?=[\w{])(?!\{(math|admonition|note|tip|dropdown|glossary|list-table|picture|question))[^\n]*\n.*?^\1  # code and listings
    | (?<=\n):[\w-]+:[^\n]*       # a directive's options
    | \{[\w:]+\}`[^`]*`           # roles
    | `+[^`\n]+`+                 # code in a sentence
    | \\num\{[^}]*\}              # a program's number in a formula
    | \]\([^)]*\)                 # where a link leads
    | <[^>\n]*>                   # and addresses
    | ^\([\w-]+\)=$               # the names of places
    | ^---\n.*?^---\n             # what is said of the page
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
# A number that is no part of a name such as C++20, GPT-2, UTF-8 or chapter-05.
NUMBER = re.compile(r"(?<![\w.])(?<![A-Za-z+]-)(?<!\+\+)\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")


def allowed(number: str) -> bool:
    if not number.isdigit():
        return False
    return int(number) <= 100 or 1900 <= int(number) <= 2099


def typed_by_hand(text: str) -> list[tuple[int, str]]:
    """The numbers a page should have asked a program for, with their lines."""
    prose = NOT_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return [
        (prose.count("\n", 0, found.start()) + 1, number)
        for found in NUMBER.finditer(prose)
        if not allowed(number := found[0].rstrip(","))
    ]


def check(app, docname, content):
    if not docname.startswith(EXEMPT):
        for line, number in typed_by_hand(content[0]):
            log.warning("'%s' is typed by hand: let a program write it", number, location=(docname, line))


def setup(app):
    app.connect("source-read", check, priority=100)  # before the numbers are put into formulas
