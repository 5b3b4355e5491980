package org.peerrelay.lab.chart;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/** Writes charts to files, each as PNG and SVG. */
public final class ChartFiles {
  private ChartFiles() {}

  /** Whether this machine has what it takes to draw; a Java without fonts or libraries has not. */
  public static boolean canDraw() {
    needNoDisplay();
    try {
      return GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length
          > 0;
    } catch (LinkageError | InternalError | RuntimeException e) {
      return false;
    }
  }

  /** Said before anything is drawn: who draws to a file needs no display, and AWT looks for one. */
  static void needNoDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  /** Writes {@code file} with the endings {@code .png} and {@code .svg}. */
  static void write(Chart<?, ?> chart, Path file) throws IOException {
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
  }
}
