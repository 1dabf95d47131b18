"""Stored tables in, tables out: bands, distributions, measures, who is hit. Nothing here touches a file."""
