package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the values of static fields come from: what a field is declared as may hide what it is. */
final class StaticValues {
  /** What is no call, or one of two. */
  static final String UNKNOWN = "?";

  private final ClassModel type;

  private StaticValues(ClassModel type) {
    this.type = type;
  }

  /**
   * The calls that answer what the class's initialiser puts into the field, by {@code owner.name},
   * a constructor as {@code <init>}. A static method of the class itself stands for what it
   * returns.
   */
  static Stream<String> of(JavaClass type, JavaField field) {
    var values = new StaticValues(ByteCode.of(type));
    return values.before(
        "<clinit>",
        element ->
            element instanceof FieldInstruction put
                && put.opcode() == Opcode.PUTSTATIC
                && put.name().equalsString(field.getName()),
        new HashSet<>());
  }

  private Stream<String> before(String method, Predicate<CodeElement> taken, Set<String> seen) {
    return type.methods().stream()
        .filter(candidate -> candidate.methodName().equalsString(method))
        .filter(candidate -> candidate.code().isPresent())
        .flatMap(candidate -> before(candidate, taken, seen));
  }

  private Stream<String> before(
      MethodModel method, Predicate<CodeElement> taken, Set<String> seen) {
    var code = method.code().orElseThrow().elementList();
    var joints = joints(code);
    return Stream.iterate(0, place -> place < code.size(), place -> place + 1)
        .filter(place -> taken.test(code.get(place)))
        .flatMap(place -> source(code.subList(0, place).reversed(), joints, seen));
  }

  private Stream<String> source(List<CodeElement> back, Set<Label> joints, Set<String> seen) {
    var last =
        back.stream()
            .filter(
                element ->
                    element instanceof Instruction && !(element instanceof TypeCheckInstruction)
                        || element instanceof LabelTarget target && joints.contains(target.label()))
            .findFirst();
    if (last.isEmpty() || !(last.get() instanceof InvokeInstruction call)) {
      return Stream.of(UNKNOWN);
    }
    var name = call.name().stringValue();
    if (!call.owner().equals(type.thisClass()) || name.equals("<init>")) {
      return Stream.of(call.owner().asInternalName().replace('/', '.') + "." + name);
    }
    return seen.add(name)
        ? before(name, ReturnInstruction.class::isInstance, seen)
        : Stream.empty();
  }

  /** Where ways come together: what lies before isn't all that may have been done. */
  private static Set<Label> joints(List<CodeElement> code) {
    return code.stream()
        .filter(BranchInstruction.class::isInstance)
        .map(element -> ((BranchInstruction) element).target())
        .collect(Collectors.toSet());
  }
}
