"""Characters: how a decoded document is written (script, width, glosses) and cut into tokens, never what it means."""
