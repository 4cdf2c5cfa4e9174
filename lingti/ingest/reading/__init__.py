"""An untrusted file becomes plain sheets, in a process of its own."""
