/** Charts of what was measured or simulated, as PNG and SVG files, drawn without a display. */
@NullMarked
package org.peerrelay.lab.chart;

import org.jspecify.annotations.NullMarked;
