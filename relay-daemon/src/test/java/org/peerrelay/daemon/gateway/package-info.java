/** Tests of the gateway. */
@NullMarked
package org.peerrelay.daemon.gateway;

import org.jspecify.annotations.NullMarked;
