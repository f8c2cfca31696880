package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Static arrays that are written after their class is ready: final is the array, not what is in it.
 * An array that goes through a variable or a call isn't followed.
 */
final class StaticArrays {
  private final List<Integer> lines = new ArrayList<>();
  private boolean taken;

  /** References that lie on the stack above the array. */
  private int above;

  private boolean twice;

  private StaticArrays() {}

  static Stream<String> written(JavaClass type) {
    return ByteCode.of(type).methods().stream()
        .filter(method -> method.code().isPresent())
        .filter(method -> !method.methodName().equalsString("<clinit>"))
        .flatMap(
            method ->
                lines(method).map(line -> Place.of(type, line) + " writes into a static array"));
  }

  private static Stream<Integer> lines(MethodModel method) {
    var arrays = new StaticArrays();
    var line = 1;
    for (var element : method.code().orElseThrow().elementList()) {
      if (element instanceof LineNumber number) {
        line = number.line();
      } else if (element instanceof Instruction) {
        arrays.goOver(element, line);
        arrays.twice = element instanceof StackInstruction two && two.opcode() == Opcode.DUP2;
      }
    }
    return arrays.lines.stream();
  }

  private void goOver(CodeElement element, int line) {
    switch (element) {
      case FieldInstruction field -> field(field);
      case LoadInstruction load when load.typeKind() == TypeKind.REFERENCE -> above++;
      case StoreInstruction store when store.typeKind() == TypeKind.REFERENCE -> use(1);
      case InvokeInstruction call -> call(call);
      case OperatorInstruction operator when operator.opcode() == Opcode.ARRAYLENGTH -> use(1);
      case ArrayLoadInstruction _ when !twice -> use(1);
      case ArrayStoreInstruction _ -> {
        if (taken) {
          lines.add(line);
        }
        taken = false;
      }
      case NewPrimitiveArrayInstruction _,
          NewReferenceArrayInstruction _,
          NewMultiArrayInstruction _ ->
          taken = false;
      default -> {
        // neither takes an array nor leaves one
      }
    }
  }

  private void field(FieldInstruction field) {
    var isArray = field.typeSymbol().isArray();
    if (field.opcode() == Opcode.GETFIELD && !isArray) {
      use(1);
    } else if (field.opcode() == Opcode.GETSTATIC && isArray && taken) {
      above++;
    } else if (field.opcode() == Opcode.GETSTATIC && isArray) {
      taken = true;
      above = 0;
    }
  }

  private void call(InvokeInstruction call) {
    var told = call.typeSymbol().parameterList().stream().filter(type -> !type.isPrimitive());
    use((int) told.count() + (call.opcode() == Opcode.INVOKESTATIC ? 0 : 1));
    above += call.typeSymbol().returnType().isPrimitive() ? 0 : 1;
  }

  private void use(int references) {
    taken &= references <= above;
    above = Math.max(0, above - references);
  }
}
