"""`poster`: microgpt.cpp's 200 lines, coloured by chapter, each line linked to its paragraph.

map.toml says where in the book each line is explained. The poster is text; with `:chapter:` it is a map of
bars, with the lines of that chapter in their colour and those to come in light grey. As a role,
{line}`Vector rmsnorm(` is the number of the line that begins with these words, and leads there.
"""

import tomllib
from dataclasses import dataclass
from html import escape
from itertools import groupby

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import ExtensionError
from sphinx.util import logging, texescape

from .pictures import on_paper, palette
from .project import WeaveDirective, root
from .sources import source_link

log = logging.getLogger(__name__)
FILE = "chapters/07-sampling/microgpt.cpp"
COLOURS = ("blue", "teal", "green", "orange", "red", "purple", "brown")  # of chapters 1 to 7


@dataclass
class Part:
    """Lines that are explained in one place."""

    first: int
    last: int
    chapter: int
    label: str


def number_of(lines: list[str], words: str) -> int:
    begins = [n for n, line in enumerate(lines, 1) if line.strip().startswith(words)]
    if len(begins) != 1:
        raise ExtensionError(f"{len(begins)} lines of {FILE} begin with '{words}'")
    return begins[0]


def parts(lines: list[str], starts: list[list]) -> list[Part]:
    """Each part goes from the one line that begins with its words to where the next part starts."""
    found: list[Part] = []
    for words, chapter, label in starts:
        begins = number_of(lines, words)
        if found:
            found[-1].last = begins - 1
        if begins <= (found[-1].first if found else 0):
            raise ExtensionError(f"map.toml: '{words}' is out of order")
        found.append(Part(begins, len(lines), chapter, label))
    if found[0].first != 1:
        raise ExtensionError("map.toml: the first line belongs to no part")
    return found


class poster(nodes.General, nodes.Element):
    """The drawing, for the whole book or for a chapter."""


class Poster(WeaveDirective):
    option_spec = {"chapter": directives.nonnegative_int}

    def run(self):
        for path in (FILE, "book/map.toml"):
            self.depends_on(path)
        return [poster(chapter=self.options.get("chapter", 0), page=self.env.docname)]


# ---- A line in a sentence


def line_role(name, rawtext, text, lineno, inliner, options=None, content=None):
    env = inliner.document.settings.env
    env.note_dependency(str(root(env.app) / FILE))
    n = number_of(env.app.weave_lines, text)
    return [source_link("", "", nodes.Text(f"line\N{NO-BREAK SPACE}{n}"), path=FILE, line=n)], []


# ---- As text


def titled(part: Part) -> str:
    return f"Lines {part.first} to {part.last}: chapter {part.chapter}"


def text(lines: list[str], found: list[Part], link) -> str:
    """One column with a rail of chapters; each part is a link. Its rail and line numbers are not copied."""
    out = ['<div class="highlight program"><pre aria-label="The 200 lines of microgpt.cpp, coloured by chapter">']
    for chapter, block in groupby(found, lambda part: part.chapter):
        out.append(f'<span class="block chapter-{chapter}"><span class="rail" aria-hidden="true"><span>{chapter}</span></span><span>')
        for part in block:
            rows = "".join(
                f'<span class="row" style="--indent: {len(line) - len(line.lstrip())}ch">'
                f'<span class="linenos">{n}</span>{escape(line)}\n</span>'
                for n, line in enumerate(lines[part.first - 1 : part.last], part.first)
            )
            target = link(part)
            out.append(f'<a href="{target}" title="{titled(part)}">{rows}</a>' if target else rows)
        out.append("</span></span>")
    return "".join([*out, "</pre></div>\n"])


# ---- As bars

ROW, WIDE, GAP, COLUMNS = 5, 1.72, 12, 4


def tense(part: Part, chapter: int) -> str:
    return "here" if part.chapter == chapter else "past" if part.chapter < chapter else "future"


def bars(lines: list[str], found: list[Part], link, chapter: int, columns: range) -> str:
    """Some of the four columns, as one drawing."""
    rows = -(-len(lines) // COLUMNS)
    column = 100 * WIDE
    width, height = len(columns) * (column + GAP) - GAP, rows * ROW + 4
    label = f"The lines of microgpt.cpp, from {columns[0] * rows + 1} to {min(len(lines), (columns[-1] + 1) * rows)}"
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="bars" role="group" aria-label="{label}" '
        f'viewBox="0 0 {width:g} {height}" width="{width:g}" height="{height}">'
    ]
    for part in found:
        shapes = []
        for n in range(part.first, part.last + 1):
            line = lines[n - 1]
            at, row = divmod(n - 1, rows)
            if not line.strip() or at not in columns:
                continue
            x = (at - columns[0]) * (column + GAP) + (len(line) - len(line.lstrip())) * WIDE
            shapes.append(f'<rect x="{x:.1f}" y="{row * ROW + 1}" width="{len(line.strip()) * WIDE:.1f}" height="{ROW - 1.5}"/>')
        if not shapes:
            continue
        inside, target = "".join(shapes), link(part)
        if target:
            inside = f'<a href="{target}" aria-label="{titled(part)}"><title>{titled(part)}</title>{inside}</a>'
        out.append(f'<g class="chapter-{part.chapter} {tense(part, chapter)}">{inside}</g>')
    return "\n".join([*out, "</svg>"])


def legend(found: list[Part], chapter: int) -> str:
    """What the colours of a map of bars mean."""
    said = [("here", "explained in this chapter"), ("past", "in chapters before"), ("future", "to come")]
    seen = {tense(part, chapter) for part in found}
    return "".join(
        f'<span><i class="swatch chapter-{chapter} {name}"></i> {words}</span>' for name, words in said if name in seen
    )


# ---- In a page


def load(app):
    project = root(app)
    starts = tomllib.loads((project / "book/map.toml").read_text())["parts"]
    app.weave_lines = (project / FILE).read_text().splitlines()
    app.weave_parts = parts(app.weave_lines, starts)


def check(app, env):
    labels = env.get_domain("std").anonlabels
    complain = log.warning if app.config.nothing_hidden else log.info
    for part in app.weave_parts:
        if part.label not in labels:
            complain("map.toml: there is no place called '%s'", part.label)


def visit_html(self, node):
    app = self.builder.app
    labels = self.builder.env.get_domain("std").anonlabels

    def link(part):
        if part.label not in labels:
            return ""
        docname, anchor = labels[part.label]
        return f"{self.builder.get_relative_uri(node['page'], docname)}#{anchor}"

    chapter, lines, found = node["chapter"], app.weave_lines, app.weave_parts
    if chapter:
        columns = "".join(bars(lines, found, link, chapter, range(n, n + 1)) for n in range(COLUMNS))
        self.body.append(f'<div class="poster">{columns}</div><p class="poster-legend">{legend(found, chapter)}</p>\n')
    else:
        self.body.append(text(lines, found, link))
    raise nodes.SkipNode


# ---- On paper


def paper_style(colours: dict[str, str]) -> str:
    """The page's light colours, written out: what draws on paper knows no variables."""
    here = "".join(f".chapter-{n} {{ fill: {colours[name]} }} " for n, name in enumerate(COLOURS, 1))
    return f"{here}.past {{ fill: {colours['soft']} }} .future {{ fill: #c3c8ce }}"


def paper_line(line: str, n: int, part: Part, place: str, colours: dict[str, str]) -> str:
    """A line with its number and its chapter's colour; the first of a part says on which page it is explained."""
    code = texescape.escape(line, "xelatex").replace(" ", "\\ ")
    where = rf"\hyperref[{place}]{{p.~\pageref{{{place}}}}}" if place and n == part.first else ""
    return rf"\posterline{{{colours[COLOURS[part.chapter - 1]][1:].upper()}}}{{{n}}}{{{code}}}{{{where}}}"


def visit_latex(self, node):
    app, chapter = self.builder.app, node["chapter"]
    lines, found = app.weave_lines, app.weave_parts
    colours = palette(app)
    if chapter:
        svg = bars(lines, found, lambda part: "", chapter, range(COLUMNS))
        svg = svg.replace("\n", f"\n<style>\n{paper_style(colours)}\n</style>\n", 1)
        drawn = on_paper(self.builder, f"poster-{chapter}", svg, r"width=\textwidth")
        self.body.append(rf"\begin{{center}}{drawn}\end{{center}}" + "\n")
        raise nodes.SkipNode
    labels = self.builder.env.get_domain("std").anonlabels
    rows = []
    for part in found:
        docname, anchor = labels.get(part.label, ("", ""))
        place = rf"\detokenize{{{docname}:{anchor}}}" if docname else ""
        rows += [paper_line(lines[n - 1], n, part, place, colours) for n in range(part.first, part.last + 1)]
    self.body.append("\n\\begingroup\\posterfont\n" + "\n".join(rows) + "\n\\endgroup\n")
    raise nodes.SkipNode


def visit_text(self, node):
    raise nodes.SkipNode


def setup(app):
    app.add_directive("poster", Poster)
    app.add_role("line", line_role)
    app.add_node(poster, html=(visit_html, None), latex=(visit_latex, None), text=(visit_text, None))
    app.connect("builder-inited", load)
    app.connect("env-check-consistency", check)
