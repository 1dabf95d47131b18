"""What the command line does: a module per group of commands, plain functions that return the exit code."""
