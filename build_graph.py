"""Builds the graph: the same command as `kg build`."""

import sys

from kg.cli import main

if __name__ == "__main__":
    main(["build", *sys.argv[1:]])
