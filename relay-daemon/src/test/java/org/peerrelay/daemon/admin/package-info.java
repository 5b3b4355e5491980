/** Tests of the admin listener, over real sockets. */
@NullMarked
package org.peerrelay.daemon.admin;

import org.jspecify.annotations.NullMarked;
