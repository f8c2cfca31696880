package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Nothing comes in by a back door: no clock, chance, global, injection, reflection, or stream. */
final class SurpriseRules {
  private static final Set<String> INJECTION =
      Set.of("Inject", "Autowired", "Resource", "Value", "PersistenceContext", "EJB");
  private static final Pattern ALTERABLE =
      Pattern.compile(
          "java\\.util\\.(concurrent\\.)?\\w*(Hash|Tree|Linked|Array|CopyOn|Skip|Enum|Bit)\\w*"
              + "|java\\.util\\.concurrent\\.atomic\\..*|java\\.lang\\.(StringBuil|ThreadLocal)\\w*"
              + "|java\\.util\\.(Random|Date|\\w*Calendar|zip\\.(CRC32C?|Adler32))"
              + "|java\\.text\\.\\w*Format|java\\.security\\.MessageDigest|java\\.nio\\.\\w*Buffer"
              + "|java\\.util\\.concurrent\\.(\\w*(Executor|Future|Queue|Deque)\\w*|Semaphore"
              + "|CountDownLatch|CyclicBarrier|Phaser|Exchanger|locks\\..*)");

  private static final Pattern CLOSED =
      Pattern.compile(
          "java\\.util\\.((List|Set|Map)\\.(of|ofEntries|copyOf)"
              + "|Collections\\.(unmodifiable|empty|singleton)\\w*|stream\\.Stream\\.toList)");

  private SurpriseRules() {}

  static List<Rule> of(Hexagon hexagon) {
    return List.of(
        new Rule(
            "D3",
            "domain and application have no clock, chance, environment or process of their own",
            "a decision must come out the same when a test repeats it",
            "take InstantSource and Identifiers, and let the test choose",
            Decisions.NO_SURPRISES,
            code ->
                Finding.of(
                    Stream.of("domain", "application")
                        .flatMap(room -> code.in(hexagon.room(room)).stream())
                        .toList(),
                    type ->
                        Stream.of(
                                Calls.CLOCK,
                                Calls.STOPWATCH,
                                Calls.CHANCE,
                                Calls.ENVIRONMENT,
                                Calls.PROCESS)
                            .flatMap(what -> Calls.of(type, what)))),
        new Rule(
            "H3.clock",
            "the system's clock is read in bootstrap only",
            "two clocks in one service disagree in the end",
            "take an InstantSource; System.nanoTime is a stopwatch and fine in an adapter",
            Decisions.NO_SURPRISES,
            outside(hexagon, "bootstrap", Set.of(), Calls.CLOCK)),
        new Rule(
                "H3.chance",
                "random numbers are drawn in bootstrap, which makes identifiers and gives chance to"
                    + " others",
                "what is drawn at random can't be tested, only hoped for",
                "take a value, or a supplier of them",
                Decisions.NO_SURPRISES,
                outside(hexagon, "bootstrap", hexagon.names().chance(), Calls.CHANCE))
            .except(hexagon.names().chance()),
        new Rule(
            "H3.streams",
            "nobody but bootstrap uses the standard streams",
            "a line on the console is neither counted nor found",
            "tell an observer a fact; it becomes lines and meters",
            Decisions.NO_SURPRISES,
            outside(hexagon, "bootstrap", Set.of(), Calls.STANDARD_STREAMS)),
        new Rule(
            "H3.process",
            "nobody but bootstrap ends the process, starts others, or sets what all in it share",
            "who uses a part of the service in a process of its own wants to keep that as it is",
            "throw, and let bootstrap decide; take a Locale or a zone as a parameter",
            Decisions.NO_SURPRISES,
            outside(hexagon, "bootstrap", Set.of(), Calls.ENDS_AND_GLOBALS)),
        new Rule(
                "H3.logging",
                "nobody logs by the JDK's own means, nor prints a stack trace",
                "a line that no observer hears of is neither counted nor written as JSON",
                "inside, tell an observer a fact; in an adapter, log by SLF4J",
                Decisions.NO_SURPRISES,
                each(
                    type ->
                        hexagon.names().logging().contains(hexagon.name(type.getName()))
                            ? Stream.empty()
                            : Calls.of(type, Calls.LOGGING)))
            .except(hexagon.names().logging()),
        new Rule(
            "H3.reflection",
            "no reflection",
            "what is called by name is seen by no compiler and by none of these rules",
            "pass a method reference, or switch over a sealed type",
            Decisions.NO_SURPRISES,
            each(type -> Calls.of(type, Calls.REFLECTION))),
        new Rule(
            "H3.fields",
            "no field is injected",
            "an object that is incomplete after its constructor can be used too early",
            "take it as a parameter of the constructor, and say final",
            Decisions.NO_SURPRISES,
            each(SurpriseRules::injected)),
        new Rule(
            "H3.static",
            "no static state can be altered",
            "two services in one process would share it, and so would two tests",
            "make it a field of an object, which no constant of an enum is; a table that nobody"
                + " alters says so: List.of, Map.of, or Collections.unmodifiableMap; what is in an"
                + " array can always be altered",
            Decisions.NO_SURPRISES,
            each(SurpriseRules::alterable)));
  }

  /** A look at every class that is written by hand. */
  static Rule.Check each(Function<JavaClass, Stream<String>> breaches) {
    return code ->
        Finding.of(
            code.production().stream().filter(type -> !GeneratedRules.isGenerated(type)).toList(),
            breaches);
  }

  private static Rule.Check outside(
      Hexagon hexagon, String room, Set<String> exceptions, Pattern what) {
    return each(
        type ->
            BootstrapRules.isIn(hexagon, type, room)
                    || exceptions.contains(hexagon.name(type.getName()))
                ? Stream.empty()
                : Calls.of(type, what));
  }

  private static Stream<String> injected(JavaClass type) {
    return type.getFields().stream()
        .filter(
            field ->
                field.getAnnotations().stream()
                    .anyMatch(a -> INJECTION.contains(a.getRawType().getSimpleName())))
        .map(field -> place(field) + " is injected");
  }

  private static Stream<String> alterable(JavaClass type) {
    return type.getFields().stream()
        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC) || type.isEnum())
        .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
        .filter(
            field ->
                !field.getModifiers().contains(JavaModifier.FINAL)
                    || field.getRawType().isArray()
                    || ALTERABLE.matcher(field.getRawType().getName()).matches()
                    || isAlterableInside(type, field))
        .map(field -> place(field) + " can be altered");
  }

  /** A collection must be seen to be closed; of anything else, nothing open may be seen. */
  private static boolean isAlterableInside(JavaClass type, JavaField field) {
    var declared = field.getRawType();
    return declared.isAssignableTo(Collection.class) || declared.isAssignableTo(Map.class)
        ? !StaticValues.of(type, field).allMatch(CLOSED.asMatchPredicate())
        : StaticValues.of(type, field)
            .filter(value -> value.endsWith(".<init>"))
            .map(value -> value.replace(".<init>", ""))
            .anyMatch(ALTERABLE.asMatchPredicate());
  }

  private static String place(JavaField field) {
    return "%s %s".formatted(field.getFullName(), field.getSourceCodeLocation());
  }
}
