"""XPath 1.0 with the ODK functions: text to immutable AST to closures over Nodes."""
