/**
 * Protocols made of frames: Python's {@code asynchat}.
 *
 * <p>An {@link io.asyncore.chat.AsyncChat} cuts its input where its {@link io.asyncore.chat.Terminator} says — at a
 * delimiter, after so many bytes, or nowhere — and tells a subclass of each frame; {@link io.asyncore.chat.LineChat} does
 * so for lines of text, {@link io.asyncore.chat.LengthPrefixedChat} for frames behind their length. A
 * {@link io.asyncore.chat.Producer} makes output piece by piece as the peer takes it.
 *
 * <p>This package uses only what {@code io.asyncore} offers to any subclass: you could have written it.
 */
@NullMarked
package io.asyncore.chat;

import org.jspecify.annotations.NullMarked;
