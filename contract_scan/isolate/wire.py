"""Messages on a pipe: eight bytes of length, then the content."""

from __future__ import annotations

from typing import BinaryIO

#: No honest answer is longer.
LONGEST_ANSWER = 1 << 30


def send(stream: BinaryIO, content: bytes) -> None:
    """One message, out of the door at once."""
    stream.write(len(content).to_bytes(8, "big"))
    stream.write(content)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """One message, or None when the other side is gone or talks nonsense."""
    head = stream.read(8)
    length = int.from_bytes(head, "big")
    if len(head) < 8 or length > LONGEST_ANSWER:
        return None
    content = stream.read(length)
    return content if len(content) == length else None
