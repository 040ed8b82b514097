"""async_chat's input: terminators of all kinds, split in all ways, changed on the way."""

from golden import peers
from golden.catalogue import scenario
from golden.flaws import COLLECTS_ALL, PARSES_ON, TWO_CLOSES
from golden.recorders import nothing


def feeds(stage, channel, *parts):
    """Each part is one turn's input: over a Unix socket it has arrived when send returns."""
    for part in parts:
        channel.peer.send(part)
        stage.turn()


def bytewise(data):
    return [data[i : i + 1] for i in range(len(data))]


def terminated_by(stage, terminator):
    a = stage.chat("a", peers.unix_pair)
    a.set_terminator(terminator)
    return a


def then(*terminators):
    """A hook for found_terminator that sets one terminator after the other."""
    coming = list(terminators)
    return lambda a: a.set_terminator(coming.pop(0)) if coming else None


@scenario
def lines_in_one_read(stage):
    feeds(stage, stage.chat("a", peers.unix_pair), b"one\ntwo\nthr", b"ee\n")


@scenario
def line_without_data(stage):
    feeds(stage, stage.chat("a", peers.unix_pair), b"\n\none\n")


@scenario
def line_at_every_byte(stage):
    feeds(stage, terminated_by(stage, b"\r\n"), *bytewise(b"one\r\ntwo\r\n"))


@scenario
def long_terminator_split_in_two_everywhere(stage):
    a = terminated_by(stage, b"<end>")
    frame = b"x<end>y"
    for cut in range(1, len(frame)):
        feeds(stage, a, frame[:cut], frame[cut:])


@scenario
def false_prefix_in_one_read(stage):
    feeds(stage, terminated_by(stage, b"\r\n\r\n"), b"a\r\nb\r\n\r\n")


@scenario
def false_prefix_in_two_reads(stage):
    feeds(stage, terminated_by(stage, b"\r\n\r\n"), b"a\r\n", b"b\r\n\r\n")


@scenario
def false_prefix_at_every_byte(stage):
    feeds(stage, terminated_by(stage, b"aab"), *bytewise(b"aaabaaaab"))


@scenario(differs=TWO_CLOSES, java={"poll2": "a.collect_incoming_data(one) a.handle_close open()"})
def false_prefix_before_the_end(stage):
    """What may begin a terminator is held back; the end of input does not bring it."""
    a = terminated_by(stage, b"\r\n")
    feeds(stage, a, b"one\r")
    a.peer.close()
    stage.until("a.handle_close")


@scenario
def numbers_in_a_row(stage):
    a = terminated_by(stage, 3).on("found_terminator", lambda a: a.set_terminator(3))
    feeds(stage, a, b"abcdefgh", b"i", b"jkl")


@scenario
def number_at_every_byte(stage):
    a = terminated_by(stage, 3).on("found_terminator", lambda a: a.set_terminator(3))
    feeds(stage, a, *bytewise(b"abcdef"))


@scenario
def numbers_that_change(stage):
    a = terminated_by(stage, 1).on("found_terminator", then(2, 3, 4))
    feeds(stage, a, b"abbcccdddd")


@scenario(
    differs=COLLECTS_ALL,
    java="a.collect_incoming_data(abc) a.found_terminator a.collect_incoming_data(def) a.found_terminator"
    " a.collect_incoming_data(gh) a.collect_incoming_data(i) a.found_terminator open(a)",
)
def number_used_once(stage):
    feeds(stage, terminated_by(stage, 3), b"abcdefgh", b"i")


@scenario
def no_terminator(stage):
    feeds(stage, terminated_by(stage, None), b"one\ntwo", b"three")


@scenario
def line_then_nothing(stage):
    feeds(stage, stage.chat("a", peers.unix_pair).on("found_terminator", then(None)), b"one\ntwo\nthree\n")


@scenario
def line_number_line(stage):
    """A line announces five bytes, which may hold line feeds; a line follows."""
    a = stage.chat("a", peers.unix_pair).on("found_terminator", then(5, b"\n"))
    feeds(stage, a, b"5\na\nb\nctail\n")


@scenario
def line_number_line_at_every_byte(stage):
    a = stage.chat("a", peers.unix_pair).on("found_terminator", then(5, b"\n"))
    feeds(stage, a, *bytewise(b"5\na\nb\nctail\n"))


@scenario
def terminator_changed_while_its_prefix_is_held(stage):
    a = terminated_by(stage, b"\r\n")
    feeds(stage, a, b"one\r")
    a.set_terminator(b"!")
    feeds(stage, a, b"two!")


@scenario
def get_data(stage):
    """The default collecting, emptied by each line."""
    a = stage.chat("a", peers.unix_pair)
    a.on("found_terminator", lambda a: a.say("data(%s)" % a._get_data().decode()))
    feeds(stage, a, b"o", b"ne\ntwo\n")


@scenario
def discard_in_found_terminator(stage):
    a = stage.chat("a", peers.unix_pair).once("found_terminator", lambda a: a.discard_buffers())
    feeds(stage, a, b"one\ntwo\nthree\n", b"four\n")


@scenario
def discard_collected_data(stage):
    a = stage.chat("a", peers.unix_pair)
    a.on("found_terminator", lambda a: a.say("data(%s)" % a._get_data().decode()))
    feeds(stage, a, b"one")
    a.discard_buffers()
    feeds(stage, a, b"two\n")


@scenario(
    differs=PARSES_ON,
    java="a.collect_incoming_data(quit) a.found_terminator a.handle_close peer.heard(bye) peer.end open()",
)
def close_when_done_before_further_lines(stage):
    def says_bye(a):
        a.push(b"bye")
        a.close_when_done()

    a = stage.chat("a").once("found_terminator", says_bye).on("found_terminator", nothing)
    a.peer.send(b"quit\nmore\n")
    stage.farewell(a)


@scenario
def peer_closes_after_a_line(stage):
    a = stage.chat("a")
    a.peer.send(b"one\ntw")
    a.peer.close()
    stage.until("a.handle_close")


@scenario(differs=PARSES_ON, java="a.handle_close peer.heard(all) peer.end open()")
def lines_after_close_when_done(stage):
    """They arrive while output waits; what is pushed for an answer would never be heard."""
    big = peers.much(4_000_000)
    a = stage.chat("a")
    a.push(big)
    a.close_when_done()
    a.peer.send(b"more\n")
    stage.await_input(a)
    stage.turn()
    stage.farewell(a, big)
