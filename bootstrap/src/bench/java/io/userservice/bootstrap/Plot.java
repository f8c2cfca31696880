package io.userservice.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jfree.svg.SVGGraphics2D;
import org.knowm.xchart.XYChartBuilder;

/** The picture: creates per second over connections. */
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;

  private Plot() {}

  static void write(Path file, Map<Integer, Report.Cell> cells) throws IOException {
    var connections = new ArrayList<Integer>();
    var service = new ArrayList<Double>();
    var pgbench = new ArrayList<Double>();
    cells.forEach(
        (count, cell) -> {
          connections.add(count);
          service.add(cell.service().rate());
          pgbench.add(cell.pgbench().orElseThrow().rate());
        });
    var chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Creates per second")
            .xAxisTitle("connections")
            .yAxisTitle("per second")
            .build();
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(0.0);
    for (var line :
        List.of(
            Map.entry("user-service", service), Map.entry("pgbench, one commit each", pgbench))) {
      chart.addSeries(line.getKey(), connections, line.getValue());
    }
    var picture = new SVGGraphics2D(WIDTH, HEIGHT);
    chart.paint(picture, WIDTH, HEIGHT);
    Files.writeString(file, picture.getSVGDocument());
  }
}
