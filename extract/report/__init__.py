"""Which reports a text holds: where each begins and ends, whose, of which year, whether its names may be changed."""
