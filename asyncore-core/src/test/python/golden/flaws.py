"""The rows of the design's table of mended flaws that a trace can show, by their first cell."""

SPINS = "`writable()` true by default spins; no `handle_read` plus end of input spins"
AFTER_CLOSE = "handlers called after close; wrong dispatcher after descriptor reuse"
TWO_CLOSES = "`close()` and `handle_close()` ambiguous, called twice (POLLIN with POLLHUP)"
NO_HALF_CLOSE = "end of input means close; no half-close"
LISTENER_DIES = "`handle_error` closes the listener, so EMFILE ends the server"
RECV_RAISES = "`recv` raises on EAGAIN; ETIMEDOUT not a disconnect"
CONNECT_EARLY = "`handle_connect` runs before `connected` is true"
LOSES_BUFFER = "`dispatcher_with_send` loses its buffer on close"
PARSES_ON = "lines already received are parsed after `close_when_done` and after the handler closed"
COLLECTS_ALL = 'a used numeric terminator turns into "collect all", unbounded'
