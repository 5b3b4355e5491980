/**
 * Who may link with a node: lists of peers and addresses, a token that all show, and a service that
 * is asked. It knows no sockets and counts nothing.
 */
@NullMarked
package org.peerrelay.access;

import org.jspecify.annotations.NullMarked;
