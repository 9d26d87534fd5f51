"""`exercises`: those of a chapter, or with `table` all of them by time. All that is said of one stands beside it.

    ```{exercises} 02
    ```

An exercise is a page (chapters/*/exercises/NAME.md: a title, a line of kind and minutes, what is asked, hints,
and what there is to say afterwards), a patch that makes the hole, a check, and what the check says in the end.
Its solution is what the patch takes away, or a file of its name. It is folded; on paper, `make` shows it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes

from .project import WeaveDirective

HEAD = re.compile(r"# (?P<title>.+)\n(?P<kind>fill|find|extend) · (?P<minutes>\d+) minutes\n\n(?P<rest>.*)", re.DOTALL)
KINDS = {"fill": "fill a hole", "find": "find a mistake", "extend": "write something new"}


@dataclass
class Exercise:
    path: str  # without its ending
    title: str
    kind: str
    minutes: int
    asked: str
    afterwards: str

    @property
    def name(self) -> str:
        return re.sub(r"chapters/(\d\d)-[^/]*/exercises/", r"\1-", self.path)


def read(project: Path, path: str) -> Exercise:
    found = HEAD.fullmatch((project / f"{path}.md").read_text())
    if not found:
        raise ValueError(f"{path}.md: a title, then its kind and its minutes")
    asked, *parts = re.split(r"^## (?:Hint 1|Hint 2|Afterwards)\n", found["rest"], flags=re.MULTILINE)
    if len(parts) != 3:
        raise ValueError(f"{path}.md: two hints, and what there is to say afterwards")
    return Exercise(path, found["title"], found["kind"], int(found["minutes"]), asked.strip(), parts[2].strip())


def exercises(project: Path, chapter: str = "*") -> list[Exercise]:
    """In the order of `make exercises`: by chapter, the short ones first."""
    pages = project.glob(f"chapters/{chapter}*/exercises/*.md")
    found = [read(project, str(page.relative_to(project).with_suffix(""))) for page in pages]
    return sorted(found, key=lambda one: (one.name[:2], one.minutes, one.name))


def solution(project: Path, exercise: Exercise) -> tuple[str, str]:
    """From what is given to what is right, and its language."""
    whole = project / f"{exercise.path}.hpp"
    if exercise.kind == "extend":
        return whole.read_text(), "cpp"
    patch = (project / f"{exercise.path}.patch").read_text()
    lines = patch[patch.index("\n@@") + 1 :].splitlines()
    turned = {"-": "+", "+": "-"}
    hunks = "\n".join("…" if line.startswith("@@") else turned.get(line[:1], line[:1]) + line[1:] for line in lines)
    # What was wrong first, then what is right.
    return re.sub(r"((?:^\+.*\n)+)((?:^-.*\n)+)", r"\2\1", hunks.removeprefix("…\n") + "\n", flags=re.MULTILINE), "diff"


class Exercises(WeaveDirective):
    required_arguments = 1

    def run(self):
        found = exercises(self.root, "*" if self.arguments[0] == "table" else self.arguments[0])
        for exercise in found:
            for ending in (".md", ".patch", ".txt"):
                self.depends_on(exercise.path + ending)
        if self.arguments[0] == "table":
            return [self.table(found)]
        return [part for exercise in found for part in self.one(exercise)]

    def parse(self, text: str) -> list[nodes.Node]:
        part = nodes.container()
        self.state.nested_parse(StringList(text.split("\n"), source=self.env.docname), self.content_offset, part)
        return part.children

    def one(self, exercise: Exercise) -> list[nodes.Node]:
        minutes = f"{exercise.title} · {KINDS[exercise.kind]} · {exercise.minutes} minutes"
        head = nodes.paragraph("", "", nodes.strong("", minutes), classes=["exercise"])
        command = f"$ make exercise-{exercise.name}"
        code, language = solution(self.root, exercise)
        printed = (self.root / f"{exercise.path}.txt").read_text()
        folded = [
            nodes.raw("", f"<details class='solution'><summary>A solution of {exercise.name}</summary>", format="html"),
            nodes.literal_block(code, code, language=language),
            nodes.literal_block(printed, f"{command}\n{printed}", language="console", classes=["recorded"]),
            *self.parse(exercise.afterwards),
            nodes.raw("", "</details>", format="html"),
        ]
        typed = nodes.literal_block(command, command, language="console")
        return [head, *self.parse(exercise.asked), typed, addnodes.only("", *folded, expr="not latex")]

    def table(self, found: list[Exercise]) -> nodes.Node:
        rows = [f"| {one.minutes} | {int(one.name[:2])} | `{one.name}` | {one.kind} | {one.title} |"
                for one in sorted(found, key=lambda one: (one.minutes, one.name))]
        head = ["| minutes | chapter | `make exercise-…` | kind | what it is |", "|---|---|---|---|---|"]
        return self.parse("\n".join(head + rows))[0]


def setup(app):
    app.add_directive("exercises", Exercises)
