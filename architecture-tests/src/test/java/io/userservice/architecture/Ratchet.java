package io.userservice.architecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What measures may be: little worse than they ever were, for the class that comes and goes; the
 * sum no worse at all. The page of measures remembers it, and the reach of each package, to tell
 * whose has grown.
 */
record Ratchet(
    Map<String, Double> distances, double dependency, int cumulated, Map<String, Integer> reaches) {
  static final double ROOM = 0.02;
  private static final Comparator<Map.Entry<String, Integer>> FURTHEST_FIRST =
      Map.Entry.<String, Integer>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());
  private static final double NONE = Double.MAX_VALUE;
  private static final Pattern ROW =
      Pattern.compile("\\| (\\S+) \\|(?: [0-9.]+ \\|){3} ([0-9.]+) \\|");
  private static final Pattern REACH = Pattern.compile("(?m)^\\| (\\S+) \\| (\\d+) \\|$");
  private static final Pattern DEPENDENCY = Pattern.compile("may be \\*\\*([0-9.]+)\\*\\*");
  private static final Pattern SUM = Pattern.compile("at most on \\*\\*(\\d+)\\*\\*");

  /** Remembered by the page; nothing is limited by an empty one. */
  static Ratchet of(String page) {
    var distances = new TreeMap<String, Double>();
    ROW.matcher(page)
        .results()
        .forEach(row -> distances.put(row.group(1), Double.valueOf(row.group(2))));
    var reaches = new TreeMap<String, Integer>();
    REACH
        .matcher(page)
        .results()
        .forEach(row -> reaches.put(row.group(1), Integer.valueOf(row.group(2))));
    var dependency = DEPENDENCY.matcher(page);
    var sum = SUM.matcher(page);
    return new Ratchet(
        distances,
        dependency.find() ? Double.parseDouble(dependency.group(1)) : NONE,
        sum.find() ? Integer.parseInt(sum.group(1)) : Integer.MAX_VALUE,
        reaches);
  }

  /** With these measures taken into account: it turns one way only. */
  Ratchet turned(Metrics measured) {
    var turned = new TreeMap<String, Double>();
    measured
        .modules()
        .forEach(
            (name, module) -> turned.put(name, Math.min(module.distance() + ROOM, limit(name))));
    return new Ratchet(
        turned,
        Math.min(measured.dependency() + ROOM, dependency),
        Math.min(measured.cumulated(), cumulated),
        reaches);
  }

  private double limit(String module) {
    return distances.getOrDefault(module, NONE);
  }

  /** What has no limit at all: a new module, or one whose row is gone. */
  List<String> missingFor(Metrics measured) {
    var missing = new ArrayList<String>();
    measured.modules().keySet().stream()
        .filter(name -> !distances.containsKey(name))
        .sorted()
        .forEach(name -> missing.add("distance of " + name));
    if (dependency == NONE) {
      missing.add("dependency of packages");
    }
    if (cumulated == Integer.MAX_VALUE) {
      missing.add("dependencies of packages in sum");
    }
    return missing;
  }

  /** What is beyond, in words. */
  List<String> exceededBy(Metrics measured) {
    var beyond = new ArrayList<String>();
    measured
        .modules()
        .forEach(
            (name, module) -> judge("distance of " + name, module.distance(), limit(name), beyond));
    judge("dependency of packages", measured.dependency(), dependency, beyond);
    if (measured.cumulated() > cumulated) {
      beyond.add(
          "dependencies of packages in sum: %d, may be %d%s"
              .formatted(measured.cumulated(), cumulated, grown(measured)));
    }
    return beyond;
  }

  private String grown(Metrics measured) {
    return measured.reaches().entrySet().stream()
        .filter(reach -> reach.getValue() > reaches.getOrDefault(reach.getKey(), 0))
        .sorted(FURTHEST_FIRST)
        .map(
            reach ->
                "; %s depends on %d, %s"
                    .formatted(reach.getKey(), reach.getValue(), was(reach.getKey())))
        .collect(Collectors.joining());
  }

  private String was(String name) {
    return reaches.containsKey(name) ? "was " + reaches.get(name) : "is new";
  }

  private static void judge(String what, double measured, double limit, List<String> beyond) {
    if (Math.round(measured * 100) > Math.round(limit * 100)) {
      beyond.add(
          "%s: %s, may be %s".formatted(what, Metrics.rounded(measured), Metrics.rounded(limit)));
    }
  }
}
