package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.stream.Collectors;

/** Where a reviewer begins. */
final class TitlePage {
  /** A word of these pages, and a class that it is about. */
  private record Word(String word, String meaning, String place) {}

  private static final List<Word> WORDS =
      List.of(
          new Word(
              "port",
              "an interface of the application's: driving, what it offers; driven, what it needs",
              "application.driven.UserStore"),
          new Word(
              "adapter",
              "who calls a driving port for somebody outside, or implements a driven one by a"
                  + " technology",
              "adapter.persistence.JooqUserStore"),
          new Word(
              "door",
              "a public class of an adapter, by which bootstrap comes in",
              "adapter.http.HttpApi"),
          new Word(
              "outbox",
              "the table of events that wait to be published; an event is put there with the change"
                  + " that it tells of, in one commit",
              "application.driven.Outbox"),
          new Word(
              "relay",
              "what publishes the events of the outbox, in the order of each user",
              "application.delivery.Relay"),
          new Word(
              "lease",
              "the right to publish, which one instance has for a few seconds and renews",
              "application.driven.RelayLease"),
          new Word(
              "last handler",
              "a class that may catch everything, for nobody comes after it",
              "bootstrap.Endings"),
          new Word(
              "test kit",
              "adapters in memory, and the suites that hold any adapter against the promises of its"
                  + " port",
              "application.testkit.InMemoryUserStore"),
          new Word(
              "shape",
              "what the rules are told of a code base: its base package, its adapters and doors,"
                  + " and the few exceptions",
              "architecture.Hexagon"));

  private TitlePage() {}

  static String text(Code code) {
    return """
    # Architecture

    Tables, arrows and figures here are generated from the code, and `ArchitectureDocsTest` fails when one isn't true any more; `mvn verify -Pdocs` writes them anew. The
    sentences around them are few, and written by hand in `architecture-tests` (`TitlePage`, `RulesPage`, …).

    ![The service and its neighbours](context.svg)

    Inside, adapters meet the application at its ports and at what it publishes (`application.published`), and nowhere else (rule A2): a black arrow calls a
    port, a dashed one implements it, a grey one is whatever else is known: the domain, the values that ports speak ("values of the ports", and with
    them ports that are only handed on), what is published, and, by bootstrap, what it makes. An arrow is there if class files need it, and only then.

    ![Modules, ports and adapters](components.svg)

    | page | says | from |
    |---|---|---|
    | [Rules](rules.md) | what holds, why, what to do instead, and the code that proves that it is caught | the rules that run |
    | [Ports](ports.md) | each port, who uses it, who implements it, which suite proves it on what | class files |
    | [Events](events.md) | what the domain raises, as what it is published, with which schema | class files and schemas |
    | [Measures](metrics.md) | coupling of modules and packages, each within its limit | class files |
    | [Decisions](../decisions/README.md) | why it is so, and not another way | written by hand |

    | module | classes, outermost and written by hand | packages of these |
    |---|---|---|
    %s

    ## Words

    | | | where |
    |---|---|---|
    %s
    """
        .formatted(
            House.MODULES.stream().map(name -> row(name, code)).collect(Collectors.joining("\n")),
            WORDS.stream().map(word -> row(word, code)).collect(Collectors.joining("\n")));
  }

  private static String row(Word word, Code code) {
    var place = House.SHAPE.base() + "." + word.place();
    if (!isThere(place, code)) {
      throw new AssertionError(
          "%s isn't there any more, where TitlePage sends those who ask what \"%s\" means"
              .formatted(place, word.word()));
    }
    return "| **%s** | %s | `%s` |".formatted(word.word(), word.meaning(), word.place());
  }

  /** There, or in this module, which the code of the others doesn't know. */
  private static boolean isThere(String name, Code code) {
    return code.production().contain(name)
        || code.tests().contain(name)
        || ClassLoader.getSystemResource(name.replace('.', '/') + ".class") != null;
  }

  private static String row(String module, Code code) {
    var packages =
        code.production(House.module(module)).stream()
            .filter(type -> !GeneratedRules.isGenerated(type))
            .map(JavaClass::getPackageName)
            .distinct()
            .sorted()
            .map(name -> "`" + House.SHAPE.name(name) + "`")
            .collect(Collectors.joining(", "));
    var classes =
        code.production(House.module(module)).stream()
            .filter(type -> !GeneratedRules.isGenerated(type))
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .count();
    return "| %s | %d | %s |".formatted(module, classes, packages);
  }
}
