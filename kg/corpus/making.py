"""What the graph of a corpus is made with, handed from function to function."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from decimal import Decimal

from kg.curation.decisions import NONE, Decisions
from kg.iris import Names
from kg.knowledge import Knowledge
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Making:
    """`least`: facts whose evidence is all less sure are left out. `decisions`: those of people, on what is one."""

    db: sqlite3.Connection
    names: Names
    knowledge: Knowledge
    least: Decimal = Decimal(0)
    decisions: Decisions = NONE

    @property
    def ontology(self) -> Ontology:
        return self.knowledge.ontology
