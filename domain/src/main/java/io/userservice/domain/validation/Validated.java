package io.userservice.domain.validation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Either a valid value or everything that is wrong with the input, not only the first mistake. */
public sealed interface Validated<T> {

  /** The input was in order. */
  record Valid<T>(T value) implements Validated<T> {
    public Valid {
      requireNonNull(value);
    }
  }

  /** The input was not in order; there is at least one violation. */
  record Invalid<T>(List<Violation> violations) implements Validated<T> {
    public Invalid {
      violations = List.copyOf(violations);
      if (violations.isEmpty()) {
        throw new IllegalArgumentException("an invalid input has at least one violation");
      }
    }
  }

  /** A function of three arguments. */
  @FunctionalInterface
  interface Combine<A, B, C, R> {
    R of(A a, B b, C c);
  }

  static <T> Validated<T> valid(T value) {
    return new Valid<>(value);
  }

  static <T> Validated<T> invalid(String pointer, String code, String detail) {
    return new Invalid<>(List.of(new Violation(pointer, code, detail)));
  }

  /** {@code value} when nothing was found, otherwise all that was found. */
  static <T> Validated<T> unless(List<Violation> found, T value) {
    return found.isEmpty() ? new Valid<>(value) : new Invalid<>(found);
  }

  /** Combines three results: valid when all are, otherwise with the violations of all of them. */
  static <A, B, C, R> Validated<R> all(
      Validated<A> a, Validated<B> b, Validated<C> c, Combine<A, B, C, R> combine) {
    if (a instanceof Valid(var x) && b instanceof Valid(var y) && c instanceof Valid(var z)) {
      return new Valid<>(combine.of(x, y, z));
    }
    var found = new ArrayList<>(a.violations());
    found.addAll(b.violations());
    found.addAll(c.violations());
    return new Invalid<>(found);
  }

  /** All that is wrong; empty when valid. */
  default List<Violation> violations() {
    return switch (this) {
      case Valid<T> _ -> List.of();
      case Invalid<T>(var violations) -> violations;
    };
  }

  /** The same result with a valid value altered by {@code function}. */
  default <R> Validated<R> map(Function<? super T, ? extends R> function) {
    return switch (this) {
      case Valid<T>(var value) -> new Valid<>(function.apply(value));
      case Invalid<T>(var violations) -> new Invalid<>(violations);
    };
  }
}
