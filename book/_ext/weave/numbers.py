"""`num`: a figure that a program wrote. {num}`params` stands for the text under that key in
numbers.json; in a formula it is \\num{params}. On a page each carries its key and the line that wrote it,
of which _static/written.js tells whoever points at it. In the e-book and on paper it is plain text."""

import json
import re

from docutils import nodes
from sphinx.util import logging

from .project import root
from .written import Place, written_at

log = logging.getLogger(__name__)
IN_FORMULA = re.compile(r"\\num\{([\w.-]+)\}")
ANYWHERE = re.compile(r"\\num\{([\w.-]+)\}|\{num\}`([\w.-]+)`")


class written_number(nodes.inline):
    """A program's number, which knows its key."""


def load(app):
    app.weave_numbers = json.loads((root(app) / "book/numbers.json").read_text())


def number_role(name, rawtext, text, lineno, inliner, options=None, content=None):
    numbers = inliner.document.settings.env.app.weave_numbers
    if text not in numbers:
        return [], [inliner.reporter.error(f"no program wrote a number '{text}'", line=lineno)]
    said = re.sub(r"^-(?=\d)", "−", numbers[text])
    return [written_number(rawtext, said, classes=["num"], key=text)], []


def in_text(app, docname, content):
    used(app.env)[docname] = {a or b for a, b in ANYWHERE.findall(content[0])}
    content[0] = re.sub(r"(?<=[`\d]) %", "\N{NO-BREAK SPACE}%", content[0])  # a number keeps its per cent


# ---- In formulas, and where it was written


def in_formulas(app, doctree, docname):
    """On a page the number becomes `\\class{key}{number}`, which formulas.py carries on."""

    def number(found):
        if found[1] not in app.weave_numbers:
            log.warning("no program wrote a number '%s'", found[1], location=docname)
        said = app.weave_numbers.get(found[1], "?")
        return rf"\class{{{found[1]}}}{{{said}}}" if on_pages(app) else said

    for formula in doctree.findall(lambda node: isinstance(node, (nodes.math, nodes.math_block))):
        if IN_FORMULA.search(formula.astext()):
            formula.children = [nodes.Text(IN_FORMULA.sub(number, formula.astext()))]


def on_pages(app) -> bool:
    return app.builder.name in ("html", "dirhtml")


def data(place: Place, key: str) -> str:
    return f'class="num" data-key="{key}" data-at="{place.path}:{place.line}"'


def visit_html(self, node):
    if on_pages(self.builder.app):
        self.body.append(f"<span {data(written_at(root(self.builder.app), node['key']), node['key'])}>")
    else:
        self.visit_inline(node)


def depart_html(self, node):
    self.body.append("</span>") if on_pages(self.builder.app) else self.depart_inline(node)


def used(env) -> dict[str, set[str]]:
    """The keys that each page uses."""
    if not hasattr(env, "weave_used"):
        env.weave_used = {}
    return env.weave_used


def check(app, env):
    complain = log.warning if app.config.nothing_hidden else log.info
    for key in sorted(set(app.weave_numbers) - set().union(*used(env).values())):
        complain("numbers.json: nothing in the book says '%s'", key)
    for key in app.weave_numbers:
        if not written_at(root(app), key):
            log.warning("book/numbers has no line that writes '%s'", key)


def merge(app, env, docnames, other):
    used(env).update({name: keys for name, keys in used(other).items() if name in docnames})


def setup(app):
    app.connect("builder-inited", load)
    app.connect("source-read", in_text)
    app.connect("env-purge-doc", lambda app, env, docname: used(env).pop(docname, None))
    app.connect("env-merge-info", merge)
    app.connect("env-check-consistency", check)
    app.connect("doctree-resolved", in_formulas)
    app.add_node(
        written_number,
        html=(visit_html, depart_html),
        latex=(lambda self, node: self.visit_inline(node), lambda self, node: self.depart_inline(node)),
        text=(lambda self, node: None, lambda self, node: None),
    )
    app.add_role("num", number_role)
