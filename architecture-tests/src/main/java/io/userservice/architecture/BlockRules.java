package io.userservice.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What only the instructions tell: who catches everything, and what is done under a lock. */
final class BlockRules {
  private static final Set<String> EVERYTHING =
      Set.of(
          "java/lang/Throwable",
          "java/lang/Exception",
          "java/lang/RuntimeException",
          "java/lang/Error");

  /** Methods of these may wait for the world. */
  private static final Pattern INPUT_OUTPUT =
      Pattern.compile(
          "(java\\.(io|net|nio|sql)|javax\\.sql|org\\.jooq|io\\.nats|io\\.javalin|org\\.eclipse\\.jetty)"
              + "\\..*|java\\.(lang\\.(Process|Thread|Object)|util\\.concurrent\\.\\w+)"
              + "\\.(await|waitFor|get|join|sleep|take|put|acquire)");

  private BlockRules() {}

  static List<Rule> of(Hexagon hexagon) {
    return List.of(
        new Rule(
                "H3.catch",
                "only the last handlers catch Exception, RuntimeException, Error or Throwable",
                "who catches everything hides the bugs too",
                "catch what is expected; let a bug fly to the last handler",
                Decisions.NO_SURPRISES,
                SurpriseRules.each(
                    type ->
                        hexagon.names().catchAll().contains(hexagon.name(type.getName()))
                            ? Stream.empty()
                            : methods(type).flatMap(method -> catches(type, method))))
            .except(hexagon.names().catchAll()),
        new Rule(
            "H3.synchronized",
            "nothing that may wait is called under synchronized, not by way of the same class"
                + " either",
            "all others wait as long as the slowest server does",
            "do it outside, then swap the result in; or use a lock with tryLock",
            Decisions.NO_SURPRISES,
            SurpriseRules.each(
                type -> methods(type).flatMap(method -> waits(hexagon, type, method)))));
  }

  private static Stream<MethodModel> methods(JavaClass type) {
    return ByteCode.of(type).methods().stream().filter(method -> method.code().isPresent());
  }

  private static Stream<String> catches(JavaClass type, MethodModel method) {
    var code = method.code().orElseThrow().elementList();
    return code.stream()
        .filter(ExceptionCatch.class::isInstance)
        .map(ExceptionCatch.class::cast)
        .filter(block -> block.catchType().isPresent())
        .filter(block -> EVERYTHING.contains(block.catchType().get().asInternalName()))
        .filter(block -> !isTheCompilers(code, block))
        .map(block -> line(type, code, block.handler()))
        .map(line -> Place.of(type, line) + " catches everything in " + method.methodName());
  }

  /**
   * Try-with-resources and record patterns come out as blocks that nobody wrote; of Throwable,
   * always.
   */
  private static boolean isTheCompilers(List<CodeElement> code, ExceptionCatch block) {
    return block.catchType().orElseThrow().asInternalName().equals("java/lang/Throwable")
        && code.stream()
            .dropWhile(element -> !isAt(element, block.handler()))
            .filter(Instruction.class::isInstance)
            .limit(14)
            .filter(InvokeInstruction.class::isInstance)
            .map(InvokeInstruction.class::cast)
            .anyMatch(
                call ->
                    call.name().equalsString("addSuppressed")
                        || call.owner().asInternalName().equals("java/lang/MatchException"));
  }

  private static boolean isAt(CodeElement element, Label label) {
    return element instanceof LabelTarget target && target.label() == label;
  }

  private static int line(JavaClass type, List<CodeElement> code, Label label) {
    return code.stream()
        .dropWhile(element -> !isAt(element, label))
        .filter(LineNumber.class::isInstance)
        .map(element -> ((LineNumber) element).line())
        .findFirst()
        .orElse(1);
  }

  private static Stream<String> waits(Hexagon hexagon, JavaClass type, MethodModel method) {
    var code = method.code().orElseThrow().elementList();
    var locks = HeldLocks.in(method);
    var line = 1;
    var found = new ArrayList<String>();
    for (var place = 0; place < code.size(); place++) {
      if (code.get(place) instanceof LineNumber number) {
        line = number.line();
      } else if (code.get(place) instanceof InvokeInstruction call
          && locks.isAnyHeldAt(place)
          && mayWait(hexagon, type, call, new HashSet<>())) {
        found.add(
            "%s calls %s of %s under a lock"
                .formatted(Place.of(type, line), call.name(), owner(call)));
      }
    }
    return found.stream();
  }

  /** Itself, or a method of the same class that it calls. */
  private static boolean mayWait(
      Hexagon hexagon, JavaClass type, InvokeInstruction call, Set<String> seen) {
    var name = call.name().stringValue();
    if (!owner(call).equals(type.getName())) {
      return waitsItself(hexagon, type, call);
    }
    return seen.add(name)
        && methods(type)
            .filter(method -> method.methodName().equalsString(name))
            .flatMap(method -> method.code().orElseThrow().elementStream())
            .filter(InvokeInstruction.class::isInstance)
            .anyMatch(inner -> mayWait(hexagon, type, (InvokeInstruction) inner, seen));
  }

  private static String owner(InvokeInstruction call) {
    return call.owner().asInternalName().replace('/', '.');
  }

  private static boolean waitsItself(Hexagon hexagon, JavaClass type, InvokeInstruction call) {
    var owner = owner(call);
    return INPUT_OUTPUT.matcher(owner + "." + call.name()).matches()
        || owner.startsWith(hexagon.base() + ".application.driven.") && call.isInterface()
        || isHandedIn(type, owner);
  }

  /** What others hand in to be done takes as long as they like. */
  private static boolean isHandedIn(JavaClass type, String owner) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .anyMatch(
            target ->
                target.getName().equals(owner)
                    && target.isAnnotatedWith(FunctionalInterface.class));
  }
}
