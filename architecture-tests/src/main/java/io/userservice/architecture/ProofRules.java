package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who implements a driven port is held against its contract: himself, and by name. */
final class ProofRules {
  private ProofRules() {}

  static Rule of(Hexagon hexagon) {
    return rule(hexagon).except(hexagon.names().withoutContract());
  }

  private static Rule rule(Hexagon hexagon) {
    return new Rule(
        "P4",
        "every implementation of a driven port, also of the test kit, has a test that extends"
            + " the port's contract",
        "an adapter that wasn't held against the contract is exchangeable in name only",
        "write class <Adapter>Test extends <Port>Contract in its package, or above the test"
            + " kit",
        Decisions.HONEST_TESTS,
        code -> {
          var ports = Ports.of(hexagon, code).driven();
          var promising =
              ports.stream()
                  .filter(port -> !PromiseRules.isExcepted(hexagon, port))
                  .map(JavaClass::getName)
                  .toList();
          var adapters =
              Finding.of(
                  Stream.concat(
                          Ports.implementers(ports, code.production()).stream(),
                          Ports.inMemory(ports, code).stream())
                      .toList(),
                  type -> unproven(hexagon, code, type, ports));
          var lambdas =
              Finding.of(code.production().stream().toList(), type -> nameless(type, promising));
          return new Finding(
              adapters.looked(),
              Stream.concat(adapters.breaches().stream(), lambdas.breaches().stream()).toList());
        });
  }

  private static Stream<String> unproven(
      Hexagon hexagon, Code code, JavaClass adapter, List<JavaClass> ports) {
    return ports.stream()
        .filter(port -> Ports.implementsIt(adapter, port))
        .filter(port -> !PromiseRules.isExcepted(hexagon, port))
        .filter(port -> code.tests().stream().noneMatch(test -> proves(test, adapter, port)))
        .map(
            port ->
                "%s has no test %sTest that extends %sContract"
                    .formatted(Place.of(adapter), adapter.getSimpleName(), port.getSimpleName()));
  }

  /** A lambda implements a port too, and has no name that a test could bear. */
  private static Stream<String> nameless(JavaClass type, List<String> ports) {
    return ByteCode.of(type).methods().stream()
        .flatMap(method -> method.code().stream())
        .flatMap(CodeModel::elementStream)
        .filter(InvokeDynamicInstruction.class::isInstance)
        .map(element -> ((InvokeDynamicInstruction) element).typeSymbol().returnType())
        .map(made -> made.packageName() + "." + made.displayName())
        .filter(ports::contains)
        .map(port -> "%s implements %s by a lambda".formatted(Place.of(type), port));
  }

  private static boolean proves(JavaClass test, JavaClass adapter, JavaClass port) {
    return test.getSimpleName().equals(adapter.getSimpleName() + "Test")
        && isAt(test.getPackageName(), adapter)
        && !test.getModifiers().contains(JavaModifier.ABSTRACT)
        && reaches(test, adapter)
        && test.getAllRawSuperclasses().stream()
            .anyMatch(above -> above.getSimpleName().equals(port.getSimpleName() + "Contract"));
  }

  /** A suite that never comes to the adapter holds another one against the contract. */
  private static boolean reaches(JavaClass test, JavaClass adapter) {
    var seen = new HashSet<>(Set.of(test));
    var open = new ArrayDeque<>(seen);
    while (!open.isEmpty() && !seen.contains(adapter)) {
      open.pop().getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(JavaClass::isFullyImported)
          .filter(seen::add)
          .forEach(open::add);
    }
    return seen.contains(adapter);
  }

  private static boolean isAt(String home, JavaClass adapter) {
    return adapter.getPackageName().equals(home)
        || Ports.isInTestKit(adapter) && adapter.getPackageName().equals(home + ".testkit");
  }
}
