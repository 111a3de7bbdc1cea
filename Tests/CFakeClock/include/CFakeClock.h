// Nothing to call: see clock.c.
