"""The project around the book: its root, and a directive that can say where it stands."""

from pathlib import Path

from sphinx.util.docutils import SphinxDirective


def root(app) -> Path:
    return Path(app.srcdir).parent


class WeaveDirective(SphinxDirective):
    """A directive that reads a file of the project."""

    @property
    def root(self) -> Path:
        return root(self.env.app)

    def depends_on(self, path: str) -> None:
        """Sees to it that the page is made again when the file changes."""
        self.env.note_dependency(str(self.root / path))
