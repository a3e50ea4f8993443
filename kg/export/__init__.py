"""A graph in the formats of other programs. `kg.export.formats` has the table of them; a format is one function."""
