"""`num`: a figure that a program wrote. {num}`params` stands for the text under that key in
numbers.json; in a formula it is \\num{params}."""

import json
import re

from docutils import nodes
from sphinx.util import logging

from .project import root

log = logging.getLogger(__name__)
IN_FORMULA = re.compile(r"\\num\{([\w.-]+)\}")
ANYWHERE = re.compile(r"\\num\{([\w.-]+)\}|\{num\}`([\w.-]+)`")


def load(app):
    app.weave_numbers = json.loads((root(app) / "book/numbers.json").read_text())


def number_role(name, rawtext, text, lineno, inliner, options=None, content=None):
    numbers = inliner.document.settings.env.app.weave_numbers
    if text not in numbers:
        return [], [inliner.reporter.error(f"no program wrote a number '{text}'", line=lineno)]
    figure = re.sub(r"^-(?=\d)", "−", numbers[text])
    return [nodes.inline(rawtext, figure, classes=["num"])], []


def in_text(app, docname, content):
    def number(found):
        if found[1] not in app.weave_numbers:
            log.warning("no program wrote a number '%s'", found[1], location=docname)
        return app.weave_numbers.get(found[1], "?")

    used(app.env)[docname] = {a or b for a, b in ANYWHERE.findall(content[0])}
    text = IN_FORMULA.sub(number, content[0])
    content[0] = re.sub(r"(?<=[`\d]) %", "\N{NO-BREAK SPACE}%", text)  # a number keeps its per cent


def used(env) -> dict[str, set[str]]:
    """The keys that each page uses."""
    if not hasattr(env, "weave_used"):
        env.weave_used = {}
    return env.weave_used


def check(app, env):
    complain = log.warning if app.config.nothing_hidden else log.info
    for key in sorted(set(app.weave_numbers) - set().union(*used(env).values())):
        complain("numbers.json: nothing in the book says '%s'", key)


def merge(app, env, docnames, other):
    used(env).update({name: keys for name, keys in used(other).items() if name in docnames})


def setup(app):
    app.connect("builder-inited", load)
    app.connect("source-read", in_text)
    app.connect("env-purge-doc", lambda app, env, docname: used(env).pop(docname, None))
    app.connect("env-merge-info", merge)
    app.connect("env-check-consistency", check)
    app.add_role("num", number_role)
