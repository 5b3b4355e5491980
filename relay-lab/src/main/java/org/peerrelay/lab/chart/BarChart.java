package org.peerrelay.lab.chart;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Bars in groups, one group for each name and one bar in it for each series. Not thread-safe. */
public final class BarChart {
  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 520;

  /** Where a logarithmic axis begins: it has no 0. */
  private static final double LOWEST = 1;

  private static final int LABEL_ROTATION_DEGREES = 20;

  /** So many short names have room beside each other. */
  private static final int LEVEL_NAMES = 5;

  /** Colours on which black numbers can be read. */
  private static final Color[] LIGHT = {
    new Color(0x8fb8f0), new Color(0xf7c873), new Color(0x9fd6a8)
  };

  private final CategoryChart chart;
  private final List<String> names;

  /** Over a logarithmic axis, without series yet. */
  public BarChart(String title, String unit, List<String> names) {
    ChartFiles.needNoDisplay();
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

  /** Over an axis that begins at 0. */
  static BarChart linear(String title, String xTitle, String unit, List<String> names) {
    BarChart bars = new BarChart(title, unit, names);
    CategoryStyler styler = bars.chart.getStyler();
    bars.chart.setXAxisTitle(xTitle);
    styler.setYAxisLogarithmic(false);
    styler.setYAxisMin(0.0);
    styler.setXAxisLabelRotation(names.size() <= LEVEL_NAMES ? 0 : LABEL_ROTATION_DEGREES);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setDecimalPattern("#,##0.##");
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setSeriesColors(LIGHT);
    // Black is legible on the bars, and beside those that are lower than a number.
    styler.setLabelsFontColorAutomaticEnabled(false);
    styler.setLabelsFontColor(Color.BLACK);
    styler.setLabelsFont(styler.getLegendFont());
    return bars;
  }

  /** Adds one bar to each group; over a logarithmic axis the values must be over 0. */
  public void add(String series, List<Double> values) {
    chart.addSeries(series, names, values);
  }

  /**
   * Writes {@code file} with the endings {@code .png} and {@code .svg}.
   *
   * @throws IOException if a file cannot be written
   */
  public void write(Path file) throws IOException {
    ChartFiles.write(chart, file);
  }
}
