"""The entry room: the processes and commands; the only place that knows every room."""
