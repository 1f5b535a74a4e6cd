"""The local page: drop a contract, read the report, know what to say. Binds to this computer only.

    browser ──▶ guard (host, origin, token, headers) ──▶ routes ──▶ desk ──Request──▶ child process
                                                            ◀── HTML ──      (extract … render)

The server never opens a contract itself: it holds the bytes in memory, hands them to a child that can be killed,
and passes on the HTML that comes back. Nothing is written to disk, nothing is logged, nothing leaves the machine.
"""
