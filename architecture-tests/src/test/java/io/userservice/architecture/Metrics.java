package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.metrics.ArchitectureMetrics;
import com.tngtech.archunit.library.metrics.MetricsComponents;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Measures of coupling. Of each module: instability, abstractness, and the distance from the line
 * on which both are in balance (Martin, "Agile Software Development", chapter 20). Of all packages:
 * on how many others one depends, directly or not, relative to all (Lakos, "Large-Scale C++
 * Software Design", chapter 4).
 */
record Metrics(Map<String, List<Double>> modules, double dependency) {
  private static final double NOISE = 0.02;
  private static final Pattern ROW =
      Pattern.compile("\\| (\\S+) \\| ([0-9.]+) \\| ([0-9.]+) \\| ([0-9.]+) \\|");
  private static final Pattern DEPENDENCY = Pattern.compile("is \\*\\*([0-9.]+)\\*\\*");

  static Metrics of(Hexagon hexagon, Code code) {
    var types =
        code.production().stream()
            .filter(type -> type.getPackageName().startsWith(hexagon.base()))
            .filter(type -> !GeneratedRules.isGenerated(type))
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .toList();
    var modules =
        ArchitectureMetrics.componentDependencyMetrics(
            MetricsComponents.from(types, type -> module(hexagon, type)));
    var packages = MetricsComponents.from(types, JavaClass::getPackageName);
    var measured = new TreeMap<String, List<Double>>();
    types.stream()
        .map(type -> module(hexagon, type))
        .distinct()
        .forEach(
            name ->
                measured.put(
                    name,
                    List.of(
                        modules.getInstability(name),
                        modules.getAbstractness(name),
                        modules.getNormalizedDistanceFromMainSequence(name))));
    return new Metrics(
        measured,
        ArchitectureMetrics.lakosMetrics(packages).getRelativeAverageComponentDependency());
  }

  private static String module(Hexagon hexagon, JavaClass type) {
    var parts = type.getPackageName().substring(hexagon.base().length() + 1).split("\\.");
    return parts[0].equals("adapter") ? parts[0] + "." + parts[1] : parts[0];
  }

  String text() {
    var rows =
        modules.entrySet().stream()
            .map(
                entry ->
                    "| %s | %s |"
                        .formatted(
                            entry.getKey(),
                            entry.getValue().stream()
                                .map(Metrics::rounded)
                                .collect(Collectors.joining(" | "))))
            .collect(Collectors.joining("\n"));
    return """
    # Measures

    Instability: the part of a module's dependencies that go out (0: everyone depends on it, it on nobody). Abstractness: the part of its types that are abstract.
    Distance: how far from balance, 0 to 1. The build fails when a distance, or the dependency below, gets worse by more than %s.

    | module | instability | abstractness | distance |
    |---|---|---|---|
    %s

    The average package depends, directly or not, on a part of all packages that is **%s** (relative average component dependency).
    """
        .formatted(NOISE, rows, rounded(dependency));
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static Metrics parse(String page) {
    var modules = new TreeMap<String, List<Double>>();
    ROW.matcher(page)
        .results()
        .forEach(
            row ->
                modules.put(
                    row.group(1),
                    List.of(
                        Double.valueOf(row.group(2)),
                        Double.valueOf(row.group(3)),
                        Double.valueOf(row.group(4)))));
    var dependency = DEPENDENCY.matcher(page);
    if (modules.isEmpty() || !dependency.find()) {
      throw new AssertionError("no measures in metrics.md");
    }
    return new Metrics(modules, Double.parseDouble(dependency.group(1)));
  }

  /** What got worse, in words; a module that is new or gone is worse in either direction. */
  List<String> worseThan(Metrics other) {
    var worse = new ArrayList<String>();
    if (!modules.keySet().equals(other.modules.keySet())) {
      worse.add("modules %s, not %s".formatted(modules.keySet(), other.modules.keySet()));
    }
    modules.forEach(
        (name, values) -> {
          var before = other.modules.getOrDefault(name, values).getLast();
          if (values.getLast() > before + NOISE) {
            worse.add(
                "distance of %s: %s, was %s"
                    .formatted(name, rounded(values.getLast()), rounded(before)));
          }
        });
    if (dependency > other.dependency + NOISE) {
      worse.add(
          "dependency of packages: %s, was %s"
              .formatted(rounded(dependency), rounded(other.dependency)));
    }
    return worse;
  }
}
