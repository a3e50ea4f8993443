"""IRIs: the namespaces that the graph uses, and the names of what is in it, made by fixed rules from what it says."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.model import EntityKey

KG = "https://example.org/kg/ontology#"
DEFAULT_BASE = "https://example.org/kg/id/"
NAMESPACES = {
    "kg": KG,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
}
_NODE_KINDS = ("article", "page", "statement", "observation", "evidence", "selector", "source")


@dataclass(frozen=True, slots=True)
class Names:
    """How IRIs are made under a publisher's base."""

    base: str = DEFAULT_BASE

    def entity(self, key: EntityKey) -> NamedNode:
        cls, name = key
        return NamedNode(f"{self.base}{cls}/{escape_name(name)}")

    def node(self, kind: str, *parts: object) -> NamedNode:
        """A node named by what it says."""
        text = "\x1f".join(map(str, parts))
        return NamedNode(f"{self.base}{kind}/{hashlib.sha256(text.encode()).hexdigest()[:20]}")

    def article(self, article_id: str) -> NamedNode:
        return NamedNode(f"{self.base}article/{article_id}")

    def page(self, page_id: str) -> NamedNode:
        return NamedNode(f"{self.base}page/{page_id}")

    def prefixes(self, classes: Iterable[str]) -> dict[str, str]:
        """Prefix → namespace, the vocabularies first, then one for each class and kind of node."""
        kinds = {cls.lower(): f"{self.base}{cls}/" for cls in classes}
        return NAMESPACES | kinds | {kind: f"{self.base}{kind}/" for kind in _NODE_KINDS}


def escape_name(name: str) -> str:
    """A name as the last part of an IRI: NFC, letters as they are, the rest percent-encoded; `/` falls away."""
    plain = unicodedata.normalize("NFC", name).replace("/", "")
    return "".join(ch if ch.isalnum() or ch in "-._~（）·" else quote(ch, safe="") for ch in plain)
