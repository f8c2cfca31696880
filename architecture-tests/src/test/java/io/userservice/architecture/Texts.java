package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.classfile.Attributes;
import java.lang.classfile.constantpool.StringEntry;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The texts that a class is written with, for pages that would else repeat them by hand. */
final class Texts {
  private Texts() {}

  /** All of them, and the pieces of those that are put together. */
  static Set<String> of(JavaClass type) {
    return StreamSupport.stream(ByteCode.of(type).constantPool().spliterator(), false)
        .filter(StringEntry.class::isInstance)
        .map(entry -> ((StringEntry) entry).stringValue())
        .collect(Collectors.toSet());
  }

  /** That of a constant. */
  static String constant(JavaClass type, String field) {
    return ByteCode.of(type).fields().stream()
        .filter(one -> one.fieldName().equalsString(field))
        .flatMap(one -> one.findAttribute(Attributes.constantValue()).stream())
        .map(value -> ((StringEntry) value.constant()).stringValue())
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("%s has no text %s".formatted(type.getName(), field)));
  }
}
