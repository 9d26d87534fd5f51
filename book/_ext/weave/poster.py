"""`poster`: microgpt.cpp's 200 lines, coloured by chapter, each line linked to its paragraph.

map.toml says where in the book each line is explained. The poster has the text; with `:chapter:` it is a map of
bars, with the lines of that chapter in full colour and those to come in grey.
"""

import re
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import ExtensionError
from sphinx.util import logging

from .pictures import on_paper
from .project import WeaveDirective, root

log = logging.getLogger(__name__)
FILE = "chapters/07-sampling/microgpt.cpp"


@dataclass
class Part:
    """Lines that are explained in one place."""

    first: int
    last: int
    chapter: int
    label: str


def parts(lines: list[str], starts: list[list]) -> list[Part]:
    """Each part goes from the one line that begins with its words to where the next part starts."""
    found: list[Part] = []
    for words, chapter, label in starts:
        begins = [n for n, line in enumerate(lines, 1) if line.strip().startswith(words)]
        if len(begins) != 1:
            raise ExtensionError(f"map.toml: {len(begins)} lines of {FILE} begin with '{words}'")
        if found:
            found[-1].last = begins[0] - 1
        if begins[0] <= (found[-1].first if found else 0):
            raise ExtensionError(f"map.toml: '{words}' is out of order")
        found.append(Part(begins[0], len(lines), chapter, label))
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


# ---- The drawing

def draw(lines: list[str], found: list[Part], link, chapter: int, text: bool) -> str:
    columns, row, wide, gap = (2, 12, 6.05, 30) if text else (4, 5, 1.72, 12)
    rows = -(-len(lines) // columns)
    column = 100 * wide
    width, height = columns * (column + gap) - gap, rows * row + 4
    title = "The 200 lines of microgpt.cpp, coloured by the chapter that explains them"
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="poster {"text" if text else "bars"}" role="document" '
        f'aria-label="{title}" viewBox="0 0 {width:g} {height}" width="{width:g}" height="{height}">'
    ]
    for part in found:
        tense = "here" if part.chapter == chapter or not chapter else "past" if part.chapter < chapter else "future"
        says = f"Lines {part.first} to {part.last}: chapter {part.chapter}"
        shapes = []
        for n in range(part.first, part.last + 1):
            line = lines[n - 1]
            if not line.strip():
                continue
            indent = len(line) - len(line.lstrip())
            x = (n - 1) // rows * (column + gap) + indent * wide
            y = (n - 1) % rows * row
            if text:
                shapes.append(f'<text x="{x:g}" y="{y + 10}">{escape(line.strip())}</text>')
            else:
                long = len(line.strip()) * wide
                shapes.append(f'<rect x="{x:.1f}" y="{y + 1}" width="{long:.1f}" height="{row - 1.5}"/>')
        inside = "".join(shapes)
        target = link(part)
        if target:
            label = "" if text else f' aria-label="{says}"'  # the text is its own label
            inside = f'<a href="{target}"{label}><title>{says}</title>{inside}</a>'
        out.append(f'<g class="chapter-{part.chapter} {tense}">{inside}</g>')
    return "\n".join([*out, "</svg>\n"])


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

    chapter = node["chapter"]
    drawing = draw(app.weave_lines, app.weave_parts, link, chapter, text=not chapter)
    self.body.append(f'<div class="poster-frame">{drawing}</div>\n')
    raise nodes.SkipNode


def paper_style(css: str) -> str:
    """The page's light colours, written out: what draws on paper knows no variables."""
    light = css[: css.index("}")]
    colours = [f".chapter-{n} {{ fill: {colour} }}" for n, colour in re.findall(r"--c(\d): (#\w+)", light)]
    to_come = re.search(r"--to-come: (#\w+)", light)[1]
    font = re.search(r"\.poster text \{ font: ([\d.]+px)", css)[1]
    return "\n".join(
        [*colours, f".past {{ opacity: .5 }} .future {{ fill: {to_come} }}", f'text {{ font: {font} "DejaVu Sans Mono" }}']
    )


def visit_latex(self, node):
    app, chapter = self.builder.app, node["chapter"]
    style = paper_style((Path(app.srcdir) / "_static/book.css").read_text())
    svg = draw(app.weave_lines, app.weave_parts, lambda part: "", chapter, text=not chapter)
    svg = svg.replace("\n", f"\n<style>\n{style}\n</style>\n", 1)
    # The text is small enough as it is, and reaches into the margins.
    width = r"\textwidth" if chapter else "184mm"
    drawn = on_paper(self.builder, f"poster-{chapter}", svg, f"width={width}")
    self.body.append(rf"\begin{{center}}\makebox[\textwidth]{{{drawn}}}\end{{center}}" + "\n")
    raise nodes.SkipNode


def visit_text(self, node):
    raise nodes.SkipNode


def setup(app):
    app.add_directive("poster", Poster)
    app.add_node(poster, html=(visit_html, None), latex=(visit_latex, None), text=(visit_text, None))
    app.connect("builder-inited", load)
    app.connect("env-check-consistency", check)
