"""The whole source files as pages of the book, and the references that lead there."""

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util.osutil import relative_uri

from .project import root

SHOWN = (
    *("src/microgpt/**/*.?pp", "src/microgpt/**/*.in", "src/microgpt/**/*.h", "src/plot/*.?pp", "src/cli/*.?pp"),
    *("chapters/*/*.?pp", "chapters/*/toy/*.cpp", "chapters/*/breaks/*.patch"),
    *("examples/*.cpp", "examples/pytorch/*.py", "tests/*.?pp", "book/numbers/*.?pp"),
)


class source_link(nodes.reference):
    """Becomes a link where the source has a page, and plain text elsewhere."""


def source_reference(path: str, first: int, last: int) -> nodes.Node:
    lines = f"lines {first} to {last}" if last > first else f"line {first}"
    words = f"{path}, {lines.replace(' ', chr(0xA0))}"  # what is not broken
    return source_link("", "", nodes.Text(words), path=path, line=first)


def language(path: str) -> str:
    return {".patch": "diff", ".py": "python"}.get(Path(path).suffix, "cpp")


def page_of(path: str) -> str:
    return f"source/{path}"


def files(project: Path) -> list[str]:
    return sorted(str(p.relative_to(project)) for pattern in SHOWN for p in project.glob(pattern))


def resolve(app, doctree, docname):
    shown = files(root(app)) if app.builder.name in ("html", "dirhtml") else []
    for link in list(doctree.findall(source_link)):
        if link["path"] not in shown:  # an exercise's solution has no page
            link.replace_self(nodes.inline("", "", *link.children, classes=["source"]))
            continue
        here = app.builder.get_target_uri(docname)
        there = app.builder.get_target_uri(page_of(link["path"]))
        uri = f"{relative_uri(here, there)}#L-{link['line']}"
        link.replace_self(
            nodes.reference("", "", *link.children, internal=True, refuri=uri, classes=["source"])
        )


def explained(app, path: str, code: str) -> str:
    """Beside the first line of each listing, the page that shows and explains it."""
    from .listings import place_of, shown  # which needs this module

    here = app.builder.get_target_uri(page_of(path))
    for docname, excerpts in shown(app.env).items():
        for excerpt in excerpts:
            if excerpt.path != path:
                continue
            uri = f"{relative_uri(here, app.builder.get_target_uri(docname))}#{place_of(excerpt)}"
            back = f'<a class="explained" href="{uri}">{escape(app.env.titles[docname].astext().partition(":")[0])}</a>'
            line = f'<span id="L-{excerpt.first}">'
            code = code.replace(line, back + line, 1)
    return code


def pages(app):
    if app.builder.name not in ("html", "dirhtml"):
        return
    project = root(app)
    for path in files(project):
        code = app.builder.highlighter.highlight_block(
            (project / path).read_text(), language(path), linenos="inline", linespans="L"
        )
        code = explained(app, path, code)
        body = f'<h1>{escape(path).replace("/", "/<wbr>")}</h1>\n<div class="source-page">{code}</div>'
        yield page_of(path), {"title": path, "body": body}, "page.html"


def setup(app):
    app.connect("doctree-resolved", resolve)
    app.connect("html-collect-pages", pages)
