"""`recorded`: what a program printed, under the command that made it print that.

    ```{recorded} chapters/04-attention/output.txt
    names read  2000
    What each head ... head 2
    ```

Each line of the body stands for a line of the recording, or with ` ... ` for all from one to another; it
need only be enough of the line to be found, or `end`. Without a body all is shown. The command follows from
the file's place. Tests replay every one.
"""

import re

from docutils import nodes
from pygments.lexers.special import TextLexer

from .project import WeaveDirective

COMMANDS = (
    (r"chapters/(\d\d)-[^/]*/output\.txt", r"make chapter-\1"),
    (r"chapters/(\d\d)-[^/]*/breaks/([^/]*)\.txt", r"make chapter-\1 BREAK=\2"),
    (r"chapters/[^/]*/toy/[^/]*\.txt", r"make play NAME=toy"),
    (r"book/runs/([^/]*)\.txt", r"make \1"),
)


class SelectionError(Exception):
    pass


def command(path: str) -> str:
    """What to type to see this."""
    for pattern, answer in COMMANDS:
        if found := re.fullmatch(pattern, path):
            return found.expand(answer)
    raise SelectionError(f"no command is known to print {path}")


def find(lines: list[str], words: str, begin: int = 0) -> int:
    if words == "end":
        return len(lines) - 1
    found = [i for i, line in enumerate(lines) if i >= begin and words in line]
    if not found or (len(found) > 1 and begin == 0):
        problem = "is nowhere" if not found else f"is in {len(found)} lines"
        raise SelectionError(f"'{words}' {problem}")
    return found[0]


def select(text: str, wanted: list[str]) -> str:
    """The wanted lines, with an ellipsis where some are left out."""
    lines = text.rstrip("\n").split("\n")
    if not wanted:
        return "\n".join(lines)
    shown: list[str] = []
    after = 0
    for words in wanted:
        first, _, last = words.partition(" ... ")
        begin = find(lines, first)
        end = find(lines, last, begin) + 1 if last else begin + 1
        if begin < after:
            raise SelectionError(f"'{words}' stands before what is already shown")
        if any(line.strip() for line in lines[after:begin]):
            shown.append("…")
        shown += lines[begin:end]
        after = end
    if any(line.strip() for line in lines[after:]):
        shown.append("…")
    return "\n".join(shown)


def fitted(block: nodes.literal_block) -> list[nodes.Node]:
    """A page has room for a hundred columns; what is wider is set smaller."""
    columns = max(map(len, block.astext().splitlines()))
    if columns <= 100:
        return [block]
    block["classes"].append("wide")
    size = 810 / columns
    begin = rf"\begingroup\fvset{{fontsize=\fontsize{{{size:.1f}}}{{{1.24 * size:.1f}}}\selectfont}}"
    return [nodes.raw("", begin, format="latex"), block, nodes.raw("", r"\endgroup", format="latex")]


class Recorded(WeaveDirective):
    required_arguments = 1
    has_content = True

    def run(self):
        path = self.arguments[0]
        try:
            wanted = [line for line in self.content if line.strip()]
            text = f"$ {command(path)}\n{select((self.root / path).read_text(), wanted)}\n"
        except (SelectionError, OSError) as error:
            raise self.error(f"{path}: {error}") from error
        self.depends_on(path)
        block = nodes.literal_block(text, text, language="console", classes=["recorded"])
        self.set_source_info(block)
        return fitted(block)


def setup(app):
    app.add_directive("recorded", Recorded)
    app.add_lexer("console", TextLexer)  # what is typed and printed needs no colours
