/**
 * The HTTP half of the daemon's port. {@link org.peerrelay.daemon.http.HttpFront} is one
 * connection; a {@link org.peerrelay.daemon.http.Router} knows the routes; what answers them are
 * {@link org.peerrelay.daemon.http.Endpoint endpoints}, each feature's in a package of its own.
 * Nothing in here knows of the command line, so that any Netty server can use it.
 */
@NullMarked
package org.peerrelay.daemon.http;

import org.jspecify.annotations.NullMarked;
