package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.metrics.ArchitectureMetrics;
import com.tngtech.archunit.library.metrics.MetricsComponents;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures of coupling. Of each module: instability, abstractness, and the distance from the line
 * on which both are in balance (Martin, "Agile Software Development", chapter 20). Of all packages:
 * on how many one depends, directly or not, itself included (Lakos, "Large-Scale C++ Software
 * Design", chapter 4): its reach, in sum, and on average relative to all.
 */
record Metrics(Map<String, Module> modules, Map<String, Integer> reaches, double dependency) {

  /** Of one module, each 0 to 1. */
  record Module(double instability, double abstractness, double distance) {}

  static Metrics of(Hexagon hexagon, Code code) {
    var types =
        code.production().stream()
            .filter(type -> type.getPackageName().startsWith(hexagon.base()))
            .filter(type -> !GeneratedRules.isGenerated(type))
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .toList();
    var packages =
        ArchitectureMetrics.lakosMetrics(MetricsComponents.from(types, JavaClass::getPackageName));
    return new Metrics(
        modules(hexagon, types),
        reaches(hexagon, types),
        packages.getRelativeAverageComponentDependency());
  }

  private static Map<String, Module> modules(Hexagon hexagon, List<JavaClass> types) {
    var measured =
        ArchitectureMetrics.componentDependencyMetrics(
            MetricsComponents.from(types, type -> module(hexagon, type)));
    return types.stream()
        .map(type -> module(hexagon, type))
        .distinct()
        .collect(
            Collectors.toMap(
                name -> name,
                name ->
                    new Module(
                        measured.getInstability(name),
                        measured.getAbstractness(name),
                        measured.getNormalizedDistanceFromMainSequence(name)),
                (one, _) -> one,
                TreeMap::new));
  }

  private static Map<String, Integer> reaches(Hexagon hexagon, List<JavaClass> types) {
    var measured = Set.copyOf(types);
    var direct =
        types.stream()
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName,
                    Collectors.flatMapping(
                        type -> packagesUsed(type, measured), Collectors.toSet())));
    var reaches = new TreeMap<String, Integer>();
    direct.keySet().forEach(name -> reaches.put(hexagon.name(name), reach(name, direct)));
    return reaches;
  }

  private static Stream<String> packagesUsed(JavaClass type, Set<JavaClass> measured) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .filter(measured::contains)
        .map(JavaClass::getPackageName);
  }

  private static int reach(String name, Map<String, Set<String>> direct) {
    var seen = new HashSet<>(Set.of(name));
    var open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      direct.getOrDefault(open.pop(), Set.of()).stream().filter(seen::add).forEach(open::add);
    }
    return seen.size();
  }

  int cumulated() {
    return reaches.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String module(Hexagon hexagon, JavaClass type) {
    var parts = type.getPackageName().substring(hexagon.base().length() + 1).split("\\.");
    return parts[0].equals("adapter") ? parts[0] + "." + parts[1] : parts[0];
  }

  String text(Ratchet ratchet) {
    return """
    # Measures

    Instability: the part of a module's dependencies that go out (0: everyone depends on it, it on nobody). Abstractness: the part of its types that are abstract.
    Distance: how far from balance, 0 to 1. What a figure may be is %s more than the best it ever was, for the class that comes and goes: it follows the figure
    down, and only by hand does it go up, for all to see. Beyond it, or without it, the build fails. The sum has no such room: who adds a package raises it here.

    | module | instability | abstractness | distance | may be |
    |---|---|---|---|---|
    %s

    The average package depends, directly or not, on a part of all packages that is **%s** and may be **%s**;
    all of them, in sum, on **%d**, and at most on **%d**, each itself included.

    | package | depends on |
    |---|---|
    %s
    """
        .formatted(
            rounded(Ratchet.ROOM),
            modules.entrySet().stream()
                .map(module -> row(module.getKey(), module.getValue(), ratchet))
                .collect(Collectors.joining("\n")),
            rounded(dependency),
            rounded(ratchet.dependency()),
            cumulated(),
            ratchet.cumulated(),
            reaches.entrySet().stream()
                .map(reach -> "| %s | %d |".formatted(reach.getKey(), reach.getValue()))
                .sorted()
                .collect(Collectors.joining("\n")));
  }

  private static String row(String name, Module module, Ratchet ratchet) {
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            name,
            rounded(module.instability()),
            rounded(module.abstractness()),
            rounded(module.distance()),
            rounded(ratchet.distances().getOrDefault(name, 0.0)));
  }

  static String rounded(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
