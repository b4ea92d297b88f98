"""What a child that works on files from outside puts on itself. Nothing else, as it is imported at each start."""

import resource


def confine(memory_bytes: int) -> None:
    """Called by the child before it touches the file: no more memory than this, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
