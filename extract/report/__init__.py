"""Which reports a text holds: where each begins and ends, whose it is, of which year, and whether names may be changed."""
