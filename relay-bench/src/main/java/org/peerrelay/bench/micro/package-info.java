/** Benchmarks of single steps, for JMH: {@code scripts/compare micro}. */
@NullMarked
package org.peerrelay.bench.micro;

import org.jspecify.annotations.NullMarked;
