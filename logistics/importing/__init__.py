"""Excel → checked rows → commit → undo: one engine that every app feeds with its columns."""
