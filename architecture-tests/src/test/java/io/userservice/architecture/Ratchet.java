package io.userservice.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What measures may be: as good as they ever were, with a little room for the class that comes and
 * goes. The page of measures remembers it.
 */
record Ratchet(Map<String, Double> distances, double dependency) {
  private static final double ROOM = 0.02;
  private static final Pattern ROW =
      Pattern.compile("\\| (\\S+) \\|(?: [0-9.]+ \\|){3} ([0-9.]+) \\|");
  private static final Pattern DEPENDENCY = Pattern.compile("may be \\*\\*([0-9.]+)\\*\\*");

  /** Remembered by the page; nothing is limited by an empty one. */
  static Ratchet of(String page) {
    var distances = new TreeMap<String, Double>();
    ROW.matcher(page)
        .results()
        .forEach(row -> distances.put(row.group(1), Double.valueOf(row.group(2))));
    var dependency = DEPENDENCY.matcher(page);
    return new Ratchet(
        distances, dependency.find() ? Double.parseDouble(dependency.group(1)) : Double.MAX_VALUE);
  }

  /** With these measures taken into account: it turns one way only. */
  Ratchet turned(Metrics measured) {
    var turned = new TreeMap<String, Double>();
    measured
        .modules()
        .forEach(
            (name, module) ->
                turned.put(
                    name,
                    Math.min(
                        module.distance() + ROOM, distances.getOrDefault(name, Double.MAX_VALUE))));
    return new Ratchet(turned, Math.min(measured.dependency() + ROOM, dependency));
  }

  /** What is beyond, in words. */
  List<String> exceededBy(Metrics measured) {
    var beyond = new ArrayList<String>();
    measured
        .modules()
        .forEach(
            (name, module) ->
                judge(
                    "distance of " + name,
                    module.distance(),
                    distances.getOrDefault(name, Double.MAX_VALUE),
                    beyond));
    judge("dependency of packages", measured.dependency(), dependency, beyond);
    return beyond;
  }

  private static void judge(String what, double measured, double limit, List<String> beyond) {
    if (Math.round(measured * 100) > Math.round(limit * 100)) {
      beyond.add(
          "%s: %s, may be %s".formatted(what, Metrics.rounded(measured), Metrics.rounded(limit)));
    }
  }
}
