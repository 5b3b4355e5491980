package org.peerrelay.lab.chart;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One share, 0 to 100 %, over time. Not thread-safe. */
final class TimeChart {
  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 420;
  private static final double FULL = 100;

  /** Where the axis may begin: at the first that no value is under. */
  private static final List<Double> BEGINS = List.of(99.0, 90.0, 50.0);

  /** How far the middle of a word is from its mark, as a part of the chart's width. */
  private static final double BESIDE = 0.032;

  /** How high it stands, as a part of the height. */
  private static final double LOW = 0.25;

  private final XYChart chart;
  private final double lowest;
  private final double lengthS;

  /** Of {@code percents}, each from one of {@code seconds} to the next, the last to the end. */
  TimeChart(String title, String xTitle, String unit, List<Double> seconds, List<Double> percents) {
    ChartFiles.needNoDisplay();
    this.lowest = lowest(percents);
    this.lengthS = seconds.get(seconds.size() - 1);
    this.chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setYAxisMin(lowest);
    chart.getStyler().setYAxisMax(FULL);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisDecimalPattern("#,##0");
    chart.getStyler().setYAxisDecimalPattern("0.##");
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Step);
    chart.addSeries(unit, seconds, percents).setMarker(SeriesMarkers.NONE);
  }

  private static double lowest(List<Double> percents) {
    double least = percents.stream().mapToDouble(Double::doubleValue).min().orElse(FULL);
    return BEGINS.stream().filter(begin -> begin <= least).findFirst().orElse(0.0);
  }

  /** Marks a moment, with a word beside the mark, where it stands over the axis. */
  void mark(double seconds, String word) {
    chart.addAnnotation(new AnnotationLine(seconds, true, false));
    chart.addAnnotation(
        new AnnotationText(
            word, seconds + BESIDE * lengthS, lowest + LOW * (FULL - lowest), false));
  }

  /** Writes {@code file} with the endings {@code .png} and {@code .svg}. */
  void write(Path file) throws IOException {
    ChartFiles.write(chart, file);
  }
}
