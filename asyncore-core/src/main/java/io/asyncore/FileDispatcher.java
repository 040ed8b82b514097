package io.asyncore;

import java.nio.ByteBuffer;

/**
 * A dispatcher for a file, a FIFO, standard input or a pipe of a child process. Python's
 * {@code asyncore.file_dispatcher}.
 *
 * <p>Files cannot be watched by a selector, so a daemon thread of its own does what blocks, with one buffer in flight
 * each way; the callbacks run on the loop's thread as for every dispatcher. That thread ends with the dispatcher, or, if
 * it is stuck in a read that does not return, as soon as it does.
 *
 * <p>What {@link #send(ByteBuffer) send} took is written even if the dispatcher is closed after it; up to a buffer that
 * was read ahead is lost with it. A file that cannot be opened, read or written ends its dispatcher with
 * {@link #handleError} and {@link #handleClose()}; a broken pipe is the loss of a peer, as with sockets.
 */
@TracksInterest
public class FileDispatcher extends Dispatcher {

    /** On a file, which stays open until both the wrapper and this are closed; in the current map. */
    public FileDispatcher(FileWrapper file) {
        this(file, ChannelMap.current());
    }

    /** On a file, which stays open until both the wrapper and this are closed. */
    public FileDispatcher(FileWrapper file, ChannelMap map) {
        super(transport(file, map), map);
    }

    private static FileTransport transport(FileWrapper file, ChannelMap map) {
        map.loop().ownership.check(); // before the file is shared
        return new FileTransport(file.shared());
    }
}
