/**
 * Drives the published npm {@code peer-relay} from JUnit. Start with {@link
 * org.peerrelay.daemon.npm.NpmHost}; annotate the test class {@link
 * org.peerrelay.daemon.npm.NeedsNpm}. Whatever waits here ends with an {@link AssertionError}, at
 * the deadline or as soon as the Node process is gone.
 */
@NullMarked
package org.peerrelay.daemon.npm;

import org.jspecify.annotations.NullMarked;
