"""`question`: predict first, then see. And `answers`, the appendix that has all of them.

    ```{question} untrained
    :answer: untrained-loss
    :unit: nats

    What will it lose before it has learned anything?

    - 27

      The sentence for whoever says so: that is among how many it guesses, not what the guess costs.

    ---
    A little more than {num}`log-27`, because …
    ```

`:answer:` is the key of a program's number; then the list, which may be missing, has guesses that come of a
misconception. Without it the list has what to choose from, and `[x]` before the right one. On a page the
answer is folded, and _static/questions.js asks for a guess first. Elsewhere it stands in the appendix.
"""

import re
from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from .numbers import on_pages
from .project import WeaveDirective

log = logging.getLogger(__name__)
APPENDIX = "appendices/d-answers"


class question(nodes.General, nodes.Element):
    """Holds what is asked, the choices or guesses, and the answer."""


class choice(nodes.General, nodes.Element):
    """What one may say, and why it is wrong."""


class why(nodes.General, nodes.Element):
    """The sentence for whoever says that."""


class folded(nodes.General, nodes.Element):
    """The answer."""


class answers(nodes.General, nodes.Element):
    """The place of all answers."""


# ---- What a page says


class QuestionError(Exception):
    pass


def cut(lines: list[str]) -> tuple[list[str], list[str]]:
    """A question and its answer, which a line of three hyphens divides."""
    if lines.count("---") != 1:
        raise QuestionError("a question and its answer are divided by one line of ---")
    at = lines.index("---")
    return lines[:at], lines[at + 1 :]


def value(text: str) -> float:
    """A number as the book writes it: 4,192 or −0.5."""
    return float(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))


def choice_of(item: nodes.list_item) -> choice:
    """The right one is marked, and the mark goes."""
    said, *wrong = item.children
    first = next(said.findall(nodes.Text))
    right = first.startswith("[x] ")
    if right:
        first.parent.replace(first, nodes.Text(first[4:]))
    return choice("", said, *([why("", *wrong)] if wrong else []), right=right)


def check(choices: list[choice], is_number: bool) -> None:
    for said in choices:
        if not said["right"] and len(said.children) < 2:
            raise QuestionError(f"'{said.astext()}' is wrong and nobody says why")
    right = sum(said["right"] for said in choices)
    if is_number and right:
        raise QuestionError("its answer is a number, and a choice is marked as right")
    if not is_number and (len(choices) < 2 or right != 1):
        raise QuestionError("it needs a number as its answer, or choices of which one is right")


class Question(WeaveDirective):
    required_arguments = 1
    has_content = True
    option_spec = {"answer": directives.unchanged, "near": directives.unchanged, "unit": directives.unchanged}

    def run(self):
        name = self.arguments[0]
        try:
            asked, answered = cut(list(self.content))
            whole = self.parse(asked, 0)
            choices = [choice_of(item) for part in whole.findall(nodes.bullet_list) for item in part]
            check(choices, "answer" in self.options)
            node = question("", name=name, number=self.number(), docname=self.env.docname, **self.truth())
        except QuestionError as error:
            raise self.error(f"question {name}: {error}") from error
        ask = [part for part in whole.children if not isinstance(part, nodes.bullet_list)]
        answer = folded("", *self.parse(answered, len(asked) + 1).children)
        node += [nodes.container("", *ask), *choices, answer]
        return [node]

    def parse(self, lines: list[str], offset: int) -> nodes.container:
        part = nodes.container()
        self.state.nested_parse(StringList(lines, source=self.env.docname), self.content_offset + offset, part)
        return part

    def number(self) -> str:
        """Its chapter's number and its own."""
        chapter = re.search(r"(\d\d)-[^/]*$", self.env.docname)
        return f"{int(chapter[1]) if chapter else 0}.{self.env.new_serialno('question') + 1}"

    def truth(self) -> dict[str, str]:
        """The answer, if it is a number, as text and as what is near enough to it."""
        if "answer" not in self.options:
            return {}
        if (key := self.options["answer"]) not in self.env.app.weave_numbers:
            raise QuestionError(f"no program wrote a number '{key}'")
        said = self.env.app.weave_numbers[key]
        near = self.options.get("near", f"{abs(value(said)) / 20:.3g}")
        return {"said": said, "near": near, "unit": self.options.get("unit", "")}


class Answers(WeaveDirective):
    def run(self):
        return [answers()]


# ---- All of them


def asked(env) -> dict[str, list[question]]:
    """The questions of each page."""
    if not hasattr(env, "weave_questions"):
        env.weave_questions = {}
    return env.weave_questions


def in_order(env) -> list[question]:
    return [node for page in sorted(asked(env)) for node in asked(env)[page]]


def collect(app, doctree):
    if found := list(doctree.findall(question)):
        asked(app.env)[app.env.docname] = [node.deepcopy() for node in found]


def check_names(app, env):
    names = [node["name"] for node in in_order(env)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        log.warning("two questions are called '%s'", name)


def merge(app, env, docnames, other):
    asked(env).update({page: nodes for page, nodes in asked(other).items() if page in docnames})


# ---- On a page: folded, and questions.js asks first


def visit_question(self, node):
    data = {"name": node["name"]} | {key: node[key] for key in ("said", "near", "unit") if node.get(key)}
    if "said" in node:
        data["truth"] = f"{value(node['said']):.15g}"
    said = "".join(f' data-{key}="{escape(text)}"' for key, text in data.items())
    title = f'<p class="question-title">Predict {node["number"]}</p>'
    here = "".join(f'<span id="{name}"></span>' for name in node["ids"])  # of what the index names before it
    self.body.append(f'{here}<div class="question" id="question-{node["name"]}"{said}>\n{title}\n')


def visit_choice(self, node):
    guessed = "said" in node.parent  # a guess that the list foresees is seen by nobody else
    data = f' data-guess="{value(node.children[0].astext()):.15g}" hidden' if guessed else ""
    self.body.append(f'<div class="question-choice"{" data-right" * node["right"]}{data}>\n')


def visit_why(self, node):
    self.body.append('<div class="question-why" hidden>\n')


def visit_folded(self, node):
    self.body.append('<details class="question-answer"><summary>Answer</summary>\n')


def end(tag: str):
    return lambda self, node: self.body.append(f"</{tag}>\n")


# ---- Elsewhere: the answer stands in an appendix, with links there and back


def unfolded(node: question, builder) -> list[nodes.Node]:
    ask, answer = node.children[0].children, nodes.Text("Answer: at the end of the book")
    ask[0].insert(0, nodes.strong("", f"Predict {node['number']}. "))
    said = [nodes.list_item("", part.children[0]) for part in node.children if isinstance(part, choice)]
    there = make_refnode(builder, node["docname"], APPENDIX, f"answer-{node['name']}", answer)
    choices = [nodes.bullet_list("", *said, bullet="-")] if "said" not in node else []
    here = nodes.target("", "", ids=[f"question-{node['name']}", *node["ids"]])
    return [here, *ask, *choices, nodes.paragraph("", "", there)]


def chosen(words: list[nodes.Node], told: str) -> list[nodes.Node]:
    """The right choice as a sentence of its own, unless the answer begins with it."""
    said = "".join(part.astext() for part in words)
    if told.startswith(f"{said.rstrip('.')}. "):
        return []
    return [nodes.emphasis("", "", *(part.deepcopy() for part in words)), nodes.Text(" " if said[-1] in ".?!" else ". ")]


def answer_of(node: question, builder) -> list[nodes.Node]:
    number = nodes.Text(node["number"])
    back = make_refnode(builder, APPENDIX, node["docname"], f"question-{node['name']}", number)
    right = [part.children[0].children for part in node.children if isinstance(part, choice) and part["right"]]
    told = node.deepcopy().children[-1].children
    begin = [nodes.strong("", "", back), nodes.Text(". ")]
    begin += [part for words in right for part in chosen(words, told[0].astext())]
    told[0].children = [*begin, *told[0].children]
    return [nodes.target("", "", ids=[f"answer-{node['name']}"]), *told]


class Unfold(SphinxPostTransform):
    """Comes before references are resolved: those of an answer lead on from the appendix."""

    default_priority = 5

    def run(self):
        for place in list(self.document.findall(answers)):
            told = nodes.container("", *(n for node in in_order(self.env) for n in answer_of(node, self.app.builder)))
            for link in told.findall(addnodes.pending_xref):
                link["refdoc"] = APPENDIX
            place.replace_self(told.children)
        if not on_pages(self.app):
            for node in list(self.document.findall(question)):
                node.replace_self(unfolded(node, self.app.builder))


def setup(app):
    app.add_directive("question", Question)
    app.add_directive("answers", Answers)
    app.add_post_transform(Unfold)
    app.add_node(question, html=(visit_question, end("div")))
    app.add_node(choice, html=(visit_choice, end("div")))
    app.add_node(why, html=(visit_why, end("div")))
    app.add_node(folded, html=(visit_folded, end("details")))
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", lambda app, env, docname: asked(env).pop(docname, None))
    app.connect("env-merge-info", merge)
    app.connect("env-check-consistency", check_names)
