package org.peerrelay.lab.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarChartTest {
  @BeforeAll
  static void needsFonts() {
    assumeTrue(ChartFiles.canDraw(), "fonts: none on this machine (expected: some, for charts)");
  }

  @Test
  void writesAnImageAndAVectorGraphic(@TempDir Path folder) throws IOException {
    BarChart chart = new BarChart("cost", "µs", List.of("ours", "theirs"));
    chart.add("few clients", List.of(4.5, 240.0));
    chart.add("many clients", List.of(9.5, 244.0));

    chart.write(folder.resolve("chart"));

    BufferedImage image = ImageIO.read(folder.resolve("chart.png").toFile());
    assertEquals(1_000, image.getWidth());
    String graphic = Files.readString(folder.resolve("chart.svg"));
    assertTrue(graphic.contains("<svg"), "an SVG");
  }
}
