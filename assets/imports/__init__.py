"""The lists of property that can be imported and exported."""

from assets.imports.cards import CardSpec

SPECS = [CardSpec]
