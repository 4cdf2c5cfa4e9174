"""What commands of `lingti` do, by theme. `cli.py` puts them together.

Every theme has a `register(command)` that declares its commands: `command(name, run, what)` gives
the parser of one. What a command needs is imported when it runs, so that `lingti --help` is quick.
"""
