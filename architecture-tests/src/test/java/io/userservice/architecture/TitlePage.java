package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.stream.Collectors;

/** Where a reviewer begins. */
final class TitlePage {
  private TitlePage() {}

  static String text(Code code) {
    return """
    # Architecture

    Generated from the code by `ArchitectureDocsTest`, which fails when a page here isn't true any more; `mvn verify -Pdocs` writes them anew.

    ![The service and its neighbours](context.svg)

    Inside, adapters meet the application at its ports and at what it publishes (`application.published`), and nowhere else (rule A2): a black arrow calls a
    port, a dashed one implements it, a grey one is whatever else is known: the domain, the values that ports speak, what is published, and, by bootstrap, what
    it makes. Each arrow is there because class files need it, and no other is needed.

    ![Modules, ports and adapters](components.svg)

    | page | says | from |
    |---|---|---|
    | [Rules](rules.md) | what holds, why, what to do instead, and the code that proves that it is caught | the rules that run |
    | [Ports](ports.md) | each port, who uses it, who implements it, which suite proves it on what | class files |
    | [Events](events.md) | what is published, from which domain event, with which schema | class files and schemas |
    | [Measures](metrics.md) | coupling of modules and packages, each within its limit | class files |
    | [Decisions](../decisions/README.md) | why it is so, and not another way | written by hand |

    | module | classes | packages |
    |---|---|---|
    %s
    """
        .formatted(
            House.MODULES.stream().map(name -> row(name, code)).collect(Collectors.joining("\n")));
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
