package org.peerrelay.daemon;

/** An option's value that is a share of something. */
final class Share extends DecimalNumber {
  Share() {
    super("0", "1");
  }
}
