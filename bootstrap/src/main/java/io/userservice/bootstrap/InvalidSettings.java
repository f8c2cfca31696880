package io.userservice.bootstrap;

import java.util.List;

/** The configuration can't be used; carries everything that is wrong with it. */
final class InvalidSettings extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidSettings(List<Problem> problems) {
    super(problems.size() + " problem(s) with the configuration");
    this.problems = List.copyOf(problems);
  }

  /**
   * One thing that is wrong.
   *
   * @param variable the environment variable
   * @param detail what was found and what is accepted; never a secret
   */
  record Problem(String variable, String detail) {
    @Override
    public String toString() {
      return variable + ": " + detail;
    }
  }

  List<Problem> problems() {
    return problems;
  }
}
