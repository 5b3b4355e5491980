/** Tests of the HTTP front. */
@NullMarked
package org.peerrelay.daemon.http;

import org.jspecify.annotations.NullMarked;
