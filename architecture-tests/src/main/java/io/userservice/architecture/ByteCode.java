package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.List;

/** What a class file says and ArchUnit doesn't. */
final class ByteCode {
  private ByteCode() {}

  static ClassModel of(JavaClass type) {
    var uri = type.getSource().orElseThrow().getUri();
    try (var in = uri.toURL().openStream()) {
      return ClassFile.of().parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the permitted subclasses; none when it isn't sealed. */
  static List<String> permits(JavaClass type) {
    return of(type)
        .findAttribute(Attributes.permittedSubclasses())
        .map(named -> named.permittedSubclasses().stream().map(ByteCode::name).toList())
        .orElse(List.of());
  }

  private static String name(ClassEntry entry) {
    return entry.asInternalName().replace('/', '.');
  }
}
