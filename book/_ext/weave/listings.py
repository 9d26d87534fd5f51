"""`listing`: lines of a source file, whole declarations at a time; and the check that all are shown.

    ```{listing} src/microgpt/autograd/value.hpp
    :from: ---- Addition
    ```

`:from:` and `:to:` are the anchors of cpp.py. A listing that is marked `:again:` repeats lines for
the reader's convenience and is not counted. Of a toy, which is typed step by step, the lines count that
the step before has not.
"""

import difflib
import re
from collections import Counter
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging

from .cpp import AnchorError, Excerpt, Source, read
from .project import WeaveDirective, root
from .sources import language, source_reference

log = logging.getLogger(__name__)


class Listing(WeaveDirective):
    required_arguments = 1
    option_spec = {
        "from": directives.unchanged_required,
        "to": directives.unchanged_required,
        "again": directives.flag,
    }

    def run(self):
        path = self.arguments[0]
        try:
            excerpt = read(self.root, path).excerpt(self.options.get("from"), self.options.get("to"))
        except AnchorError as error:
            raise self.error(str(error)) from error
        self.depends_on(path)
        if "again" not in self.options:
            shown(self.env).setdefault(self.env.docname, []).append(excerpt)
        return [self.listing(excerpt)]

    def listing(self, excerpt: Excerpt):
        code = nodes.literal_block(excerpt.text, excerpt.text, language=language(excerpt.path))
        before = previous(self.root, excerpt.path)
        fresh = new_lines(before, read(self.root, excerpt.path)) if before else set()
        fresh &= set(range(excerpt.first, excerpt.last + 1))
        if fresh:
            code["highlight_args"] = {"hl_lines": sorted(n - excerpt.first + 1 for n in fresh)}
        self.set_source_info(code)
        caption = nodes.caption("", "", source_reference(excerpt.path, excerpt.first, excerpt.last))
        if "again" in self.options:
            caption += [nodes.Text(" "), nodes.inline("", "· once more", classes=["aside"])]
        if fresh and before:
            caption += [nodes.Text(" "), nodes.inline("", f"· marked: new since {step(before.path)}", classes=["aside"])]
        wrapper = nodes.container("", caption, code, literal_block=True)
        wrapper["classes"] += ["literal-block-wrapper", "listing"]
        if "again" not in self.options:
            wrapper["ids"].append(place_of(excerpt))
        return wrapper


def place_of(excerpt: Excerpt) -> str:
    """The listing's name on its page, to which its source lines lead back."""
    return nodes.make_id(f"lines {excerpt.path} {excerpt.first}")


# ---- What is new


def previous(project: Path, path: str) -> Source | None:
    """The program of the chapter before, for a chapter's program; for a toy's step, the step before."""
    if found := re.fullmatch(r"chapters/(\d\d)-[^/]*/main\.cpp", path):
        before = f"chapters/{int(found[1]) - 1:02}-*/main.cpp"
    elif found := re.fullmatch(r"(chapters/[^/]*/toy)/(\d)-[^/]*\.cpp", path):
        before = f"{found[1]}/{int(found[2]) - 1}-*.cpp"
    else:
        return None
    found = list(project.glob(before))
    return read(project, str(found[0].relative_to(project))) if found else None


def step(path: str) -> str:
    """What a reader calls such a program."""
    *_, folder, name = path.split("/")
    return f"step {name[0]}" if folder == "toy" else f"chapter {int(folder[:2])}"


def new_lines(before: Source, source: Source) -> set[int]:
    same = difflib.SequenceMatcher(a=before.lines, b=source.lines, autojunk=False).get_matching_blocks()
    old = {block.b + i for block in same for i in range(block.size)}
    return {n for n, line in enumerate(source.lines, 1) if n - 1 not in old and line.strip()}


# ---- Nothing is hidden


def shown(env) -> dict[str, list[Excerpt]]:
    """The excerpts of each page."""
    if not hasattr(env, "weave_shown"):
        env.weave_shown = {}
    return env.weave_shown


def owed(project: Path) -> list[str]:
    """The files of which each line is promised: the modules of chapters 1 to 7 and of 10, the programs, the toys and larger.hpp."""
    lists = re.findall(r"set\(modules_(?:0[1-7]|10) ([^)]*)\)", (project / "src/CMakeLists.txt").read_text())
    modules = [
        f"src/microgpt/{module}{suffix}"
        for module in " ".join(lists).split()
        for suffix in (".hpp", ".cpp")
    ]
    programs = sorted(str(path.relative_to(project)) for path in project.glob("chapters/*/main.cpp"))
    programs += ["chapters/07-sampling/microgpt.cpp", "chapters/11-own/larger.hpp"]
    programs += sorted(str(path.relative_to(project)) for path in project.glob("chapters/*/toy/*.cpp"))
    return [path for path in modules + programs if (project / path).exists()]


def spans(numbers: list[int]) -> str:
    """Numbers as a reader likes them: 3-5, 9."""
    parts, numbers = [], sorted(numbers)
    while numbers:
        length = next(
            (i for i in range(1, len(numbers)) if numbers[i] != numbers[0] + i), len(numbers)
        )
        parts.append(f"{numbers[0]}-{numbers[length - 1]}" if length > 1 else f"{numbers[0]}")
        numbers = numbers[length:]
    return ", ".join(parts)


def audit(project: Path, excerpts: list[Excerpt]) -> tuple[int, int, list[str]]:
    """How many lines are owed, how many are shown once, and what is wrong with the rest."""
    counts = Counter(
        (excerpt.path, line)
        for excerpt in excerpts
        for line in range(excerpt.first, excerpt.last + 1)
    )
    total, once, problems = 0, 0, []
    for path in owed(project):
        lines = read(project, path).to_be_shown()
        before = previous(project, path) if "/toy/" in path else None
        if before:
            lines &= new_lines(before, read(project, path))  # what is typed already is not owed
        missing = [line for line in lines if counts[path, line] == 0]
        double = [line for line in lines if counts[path, line] > 1]
        total += len(lines)
        once += len(lines) - len(missing) - len(double)
        if missing:
            problems.append(f"{path}: not shown: {spans(missing)}")
        if double:
            problems.append(f"{path}: shown more than once: {spans(double)}")
    return total, once, problems


def check(app, env):
    excerpts = [excerpt for page in shown(env).values() for excerpt in page]
    total, once, problems = audit(root(app), excerpts)
    complain = log.warning if app.config.nothing_hidden else log.info
    for problem in problems:
        complain(problem)
    print(f"lines of the program: {total}, shown exactly once: {100 * once / total:.2f} %")  # be it ever so quiet


def forget(app, env, docname):
    shown(env).pop(docname, None)


def merge(app, env, docnames, other):
    shown(env).update({name: page for name, page in shown(other).items() if name in docnames})


def setup(app):
    app.add_directive("listing", Listing)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-check-consistency", check)
