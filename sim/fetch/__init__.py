"""Official tables from Statistics Norway (SSB), fetched when the user asks for them and never otherwise.

`job.fetch_tables` does the whole: metadata first, then parts of a table, then files that `--data` reads.
Nothing here is imported by the simulation; importing does nothing.
"""
