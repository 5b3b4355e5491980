package org.peerrelay.lab.chart;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Bars in groups, one group for each name and one bar in it for each series, over a logarithmic
 * axis. Not thread-safe.
 */
public final class BarChart {
  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 520;

  /** Where the axis begins: a logarithmic one has no 0. */
  private static final double LOWEST = 1;

  private static final int LABEL_ROTATION_DEGREES = 20;

  private final CategoryChart chart;
  private final List<String> names;

  /** Without series yet. */
  public BarChart(String title, String unit, List<String> names) {
    // Said here since whoever draws to a file needs no display, and AWT looks for one.
    System.setProperty("java.awt.headless", "true");
    this.names = List.copyOf(names);
    this.chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(LOWEST);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    chart.getStyler().setXAxisLabelRotation(LABEL_ROTATION_DEGREES);
    chart.getStyler().setLabelsVisible(true);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
  }

  /** Adds one bar to each group; the values must be over 0. */
  public void add(String series, List<Double> values) {
    chart.addSeries(series, names, values);
  }

  /**
   * Writes {@code file} with the endings {@code .png} and {@code .svg}.
   *
   * @throws IOException if a file cannot be written
   */
  public void write(Path file) throws IOException {
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
  }
}
