"""Plumbing of the live path: the writer and its queue, the broadcaster, rooms, clocks and limits."""
