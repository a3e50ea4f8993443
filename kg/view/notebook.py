"""The view inside a notebook: an object that Jupyter shows as a frame of its own."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Shown:
    """A page for Jupyter. `page` is the whole HTML, as a file would have it; the frame can reach nothing around it."""

    page: str
    height: int

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.page)}" sandbox="allow-scripts allow-downloads allow-popups"'
            f' style="width:100%;height:{self.height}px;border:1px solid #ccc"></iframe>'
        )
