"""Characters: how a decoded document is written (script, width, glosses), never what it means."""
