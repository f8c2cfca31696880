package io.userservice.architecture;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many locks are held at each instruction of a method. A block is entered once and left in many
 * places: by each return, and by each exception. So the order in which instructions lie says
 * nothing; one must go the ways that the program can go.
 */
final class HeldLocks {
  private static final int UNREACHED = -1;

  private final List<CodeElement> code;
  private final List<ExceptionCatch> handlers;
  private final Map<Label, Integer> places = new HashMap<>();
  private final int[] held;

  /** Before the instruction at this place so many locks are held. */
  private record Step(int place, int locks) {}

  private HeldLocks(List<CodeElement> code) {
    this.code = code;
    this.handlers =
        code.stream()
            .filter(ExceptionCatch.class::isInstance)
            .map(ExceptionCatch.class::cast)
            .toList();
    this.held = new int[code.size()];
    Arrays.fill(held, UNREACHED);
    for (var place = 0; place < code.size(); place++) {
      if (code.get(place) instanceof LabelTarget target) {
        places.put(target.label(), place);
      }
    }
  }

  /** Of the method's code, which it must have; by the places of its elements. */
  static HeldLocks in(MethodModel method) {
    var locks = new HeldLocks(method.code().orElseThrow().elementList());
    locks.walk(method.flags().has(AccessFlag.SYNCHRONIZED) ? 1 : 0);
    return locks;
  }

  boolean isAnyHeldAt(int place) {
    return held[place] > 0;
  }

  private void walk(int locks) {
    var open = new ArrayDeque<>(List.of(new Step(0, locks)));
    while (!open.isEmpty()) {
      var step = open.pop();
      // A compiler leaves each lock that it enters, so no way round comes back with more.
      if (held[step.place()] < step.locks()) {
        held[step.place()] = step.locks();
        open.addAll(after(step));
      }
    }
  }

  private List<Step> after(Step step) {
    var element = code.get(step.place());
    var locks = step.locks();
    if (element instanceof MonitorInstruction monitor) {
      locks += monitor.opcode() == Opcode.MONITORENTER ? 1 : -1;
    }
    var steps = new ArrayList<Step>();
    for (var target : targets(element)) {
      steps.add(new Step(places.get(target), locks));
    }
    if (goesOn(element)) {
      steps.add(new Step(step.place() + 1, locks));
    }
    if (element instanceof Instruction) {
      thrown(step).forEach(steps::add);
    }
    return steps;
  }

  private static List<Label> targets(CodeElement element) {
    return switch (element) {
      case BranchInstruction branch -> List.of(branch.target());
      case LookupSwitchInstruction choice -> targets(choice.defaultTarget(), choice.cases());
      case TableSwitchInstruction choice -> targets(choice.defaultTarget(), choice.cases());
      default -> List.of();
    };
  }

  private static List<Label> targets(Label otherwise, List<SwitchCase> cases) {
    var targets = new ArrayList<>(List.of(otherwise));
    cases.forEach(one -> targets.add(one.target()));
    return targets;
  }

  private static boolean goesOn(CodeElement element) {
    return switch (element) {
      case BranchInstruction branch ->
          branch.opcode() != Opcode.GOTO && branch.opcode() != Opcode.GOTO_W;
      case ReturnInstruction _, ThrowInstruction _ -> false;
      case LookupSwitchInstruction _, TableSwitchInstruction _ -> false;
      default -> true;
    };
  }

  /** To the handlers around it, from the inside out, as far as the first that catches all. */
  private List<Step> thrown(Step from) {
    var steps = new ArrayList<Step>();
    for (var handler : handlers) {
      if (places.get(handler.tryStart()) <= from.place()
          && from.place() < places.get(handler.tryEnd())) {
        steps.add(new Step(places.get(handler.handler()), from.locks()));
        if (handler.catchType().isEmpty()) {
          return steps;
        }
      }
    }
    return steps;
  }
}
