"""What a reader sees who points at a term or a name of the code: what it means, and which chapter has it.

The first mention of a name on a page becomes a link to the reference. What is shown is in a file of its
own, which a page fetches when it is first asked for.
"""

import json
import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

KINDS = ("class", "struct", "function", "enum", "type", "alias", "member")
CALLED = re.compile(r"((?:\w+::)*[A-Za-z]\w{2,})(?:\(\))?")


def names(app) -> dict[str, tuple[str, str]]:
    """Where the reference has a name: page and anchor. A member only with its class, if that is named so once."""
    if not hasattr(app, "weave_names"):
        found: dict[str, tuple[str, str]] = {}
        for name, _, kind, docname, anchor, _ in app.env.get_domain("cpp").get_objects():
            short = name.removeprefix("microgpt::").partition("(")[0]
            if kind in KINDS and docname.startswith("api/") and (kind != "member" or "::" in short):
                found.setdefault(short, (docname, anchor))
        app.weave_names = found
    return app.weave_names


def link(app, doctree, docname):
    if app.builder.name != "html" or not docname.startswith(("chapters/", "appendices/", "introduction")):
        return
    linked = set()
    for code in list(doctree.findall(nodes.literal)):
        called = CALLED.fullmatch(code.astext())
        if not called or called[1] in linked or called[1] not in names(app):
            continue
        if any(isinstance(above, (nodes.reference, nodes.title, nodes.caption)) for above in ancestors(code)):
            continue
        linked.add(called[1])
        page, anchor = names(app)[called[1]]
        target = nodes.reference("", "", internal=True, refuri=f"{app.builder.get_relative_uri(docname, page)}#{anchor}", classes=["name"])
        code.replace_self(target)
        target += code


def ancestors(node):
    while node := node.parent:
        yield node


def sentence(node) -> str:
    """The first one of its first paragraph."""
    paragraph = next(iter(node.findall(nodes.paragraph)), None)
    text = " ".join(paragraph.astext().split()) if paragraph else ""
    return re.split(r"(?<=[.?!])\s", text, maxsplit=1)[0]


def terms(app):
    for item in app.env.get_doctree("glossary").findall(nodes.definition_list_item):
        meaning = " ".join(next(item.findall(nodes.definition)).astext().split())
        for term in item.findall(nodes.term):
            for anchor in term["ids"]:
                yield f"glossary.html#{anchor}", ["", meaning]


def declarations(app):
    for docname in sorted(name for name in app.env.found_docs if name.startswith("api/chapter")):
        chapter = f"Chapter {int(docname.removeprefix('api/chapter-')[:2])}"
        for declared in app.env.get_doctree(docname).findall(addnodes.desc):
            said = sentence(declared[-1]) if not declared[-1].children or not isinstance(declared[-1][0], addnodes.desc) else ""
            for signature in declared.findall(addnodes.desc_signature):
                if signature.parent is declared and signature["ids"]:
                    words = " ".join(signature.astext().split())
                    yield f"{docname}.html#{signature['ids'][0]}", [words, f"{said} {chapter}.".strip()]


def write(app, error):
    if error or app.builder.name != "html":
        return
    mentioned = set()
    for page in sorted(Path(app.outdir).rglob("*.html")):
        mentioned |= set(re.findall(r'href="(?:\.\./)*((?:api/chapter|glossary)[^"]+#[^"]+)"', page.read_text()))
    shown = {place: what for place, what in [*terms(app), *declarations(app)] if place in mentioned}
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    (Path(app.outdir) / "_static/meanings.js").write_text(f"book.meanings({text});\n")


def setup(app):
    app.connect("doctree-resolved", link)
    app.connect("build-finished", write)
