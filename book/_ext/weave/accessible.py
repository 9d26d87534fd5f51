"""What the theme leaves unsaid to those who listen to a page: which level a heading has, what a landmark is."""

from pathlib import Path

from sphinx.errors import ExtensionError

MENDED = {
    'role="heading"': 'role="heading" aria-level="2"',
    '<aside class="sidebar-drawer"': '<aside class="sidebar-drawer" aria-label="The book"',
    '<aside class="toc-drawer': '<aside aria-label="This page" class="toc-drawer',
}


def mend(app, error):
    if error or app.builder.name != "html":
        return
    pages = sorted(Path(app.outdir).rglob("*.html"))
    used = set()
    for page in pages:
        text = mended = page.read_text()
        for said, meant in MENDED.items():
            if meant in mended:
                used.add(said)
            elif said in mended:
                used.add(said)
                mended = mended.replace(said, meant)
        if mended != text:
            page.write_text(mended)
    if used != MENDED.keys():
        raise ExtensionError(f"the theme no longer says {MENDED.keys() - used}")


def setup(app):
    app.connect("build-finished", mend)
