package io.userservice.architecture;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The shape of a service: where its rooms are, and the few names that the rules can't guess. The
 * rooms lie below the base package: {@code domain}, {@code application} with {@code driving},
 * {@code driven}, {@code published} (for users outside) and {@code delivery}, {@code
 * adapter.<name>}, {@code bootstrap}. A value: each {@code with} gives another one.
 *
 * @param base the base package, e.g. {@code com.example.shop}
 * @param adapters the adapters and their doors
 * @param technologies the libraries that stay in one place
 * @param apart pairs of ports that nobody may know together
 * @param reserved ports that are for a few only
 * @param names the classes that may do what is forbidden to all others
 */
public record Hexagon(
    String base,
    List<Adapter> adapters,
    List<Technology> technologies,
    List<Apart> apart,
    List<Reserved> reserved,
    Names names) {

  public Hexagon {
    adapters = List.copyOf(adapters);
    technologies = List.copyOf(technologies);
    apart = List.copyOf(apart);
    reserved = List.copyOf(reserved);
  }

  /** A service with nothing but a base package yet. */
  public static Hexagon at(String base) {
    return new Hexagon(base, List.of(), List.of(), List.of(), List.of(), Names.NONE);
  }

  /** An adapter in {@code adapter.<name>}; its doors are named as seen from there. */
  public record Adapter(String name, Set<String> doors) {
    public Adapter {
      doors = Set.copyOf(doors);
    }
  }

  /** Libraries, by package patterns, that only these rooms may use. */
  public record Technology(String name, List<String> rooms, List<String> packages) {
    public Technology {
      rooms = List.copyOf(rooms);
      packages = List.copyOf(packages);
    }
  }

  /** Two driven ports that only the exception may know both. */
  public record Apart(String one, String other, String exception) {}

  /** A driven port and the only rooms or classes, as seen from the base, that may call it. */
  public record Reserved(String port, Set<String> users) {
    public Reserved {
      users = Set.copyOf(users);
    }

    String told() {
      return "%s by %s".formatted(port, users.stream().sorted().collect(joining(", ")));
    }
  }

  /**
   * Exceptions, each a class as seen from the base.
   *
   * @param catchAll may catch everything: the last handlers
   * @param chance may draw random numbers
   * @param published are public for users outside this code base
   * @param withoutContract driven ports that give no answer, hence nothing to test by a contract
   * @param skippingTests tests that may be skipped, aloud, where a program is missing
   * @param values domain types that bootstrap may call: values without a decision
   * @param files may read files that lie beside them on the class path
   * @param logging may use the JDK's logging, or print a stack trace
   */
  public record Names(
      Set<String> catchAll,
      Set<String> chance,
      Set<String> published,
      Set<String> withoutContract,
      Set<String> skippingTests,
      Set<String> values,
      Set<String> files,
      Set<String> logging) {
    /** No exception at all. */
    public static final Names NONE =
        new Names(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    public Names {
      catchAll = Set.copyOf(catchAll);
      chance = Set.copyOf(chance);
      published = Set.copyOf(published);
      withoutContract = Set.copyOf(withoutContract);
      skippingTests = Set.copyOf(skippingTests);
      values = Set.copyOf(values);
      files = Set.copyOf(files);
      logging = Set.copyOf(logging);
    }
  }

  /** The same shape at another base package. */
  public Hexagon withBase(String other) {
    return new Hexagon(other, adapters, technologies, apart, reserved, names);
  }

  /** With one more adapter. */
  public Hexagon withAdapter(String name, String... doors) {
    return new Hexagon(
        base,
        with(adapters, new Adapter(name, Set.of(doors))),
        technologies,
        apart,
        reserved,
        names);
  }

  /** With one more technology that stays in one room, e.g. {@code adapter.http}. */
  public Hexagon withTechnology(String name, String room, String... packages) {
    return withTechnology(new Technology(name, List.of(room), List.of(packages)));
  }

  /** With one more technology. */
  public Hexagon withTechnology(Technology technology) {
    return new Hexagon(base, adapters, with(technologies, technology), apart, reserved, names);
  }

  /** With two ports that nobody but the exception may know together. */
  public Hexagon withApart(String one, String other, String exception) {
    return new Hexagon(
        base,
        adapters,
        technologies,
        with(apart, new Apart(one, other, exception)),
        reserved,
        names);
  }

  /** With a port that is for these only. */
  public Hexagon withReserved(String port, String... users) {
    return new Hexagon(
        base,
        adapters,
        technologies,
        apart,
        with(reserved, new Reserved(port, Set.of(users))),
        names);
  }

  /** With these exceptions. */
  public Hexagon withNames(Names others) {
    return new Hexagon(base, adapters, technologies, apart, reserved, others);
  }

  /** The pattern of a room and all below it, e.g. {@code com.example.shop.domain..}. */
  String room(String name) {
    return base + "." + name + "..";
  }

  /** The class's name as seen from the base, nested classes under their outermost one. */
  String name(String fullName) {
    var name = fullName.startsWith(base + ".") ? fullName.substring(base.length() + 1) : fullName;
    var nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static <T> List<T> with(List<T> list, T more) {
    var longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }
}
