package io.userservice.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a class calls, reads, writes or refers to, by {@code owner.name}. */
final class Calls {
  static final Pattern CLOCK =
      Pattern.compile(
          "java\\.time\\.(\\w+\\.now|(Clock|InstantSource)\\.(system|tick)\\w*)"
              + "|java\\.lang\\.System\\.currentTimeMillis|java\\.util\\.Date\\.<init>");
  static final Pattern STOPWATCH = Pattern.compile("java\\.lang\\.System\\.nanoTime");
  static final Pattern CHANCE =
      Pattern.compile(
          "java\\.util\\.UUID\\.randomUUID|java\\.lang\\.Math\\.random"
              + "|java\\.(util|security)\\.(Secure|Splittable)?Random\\.<init>"
              + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\.current"
              + "|java\\.util\\.random\\.RandomGenerator\\..*");
  static final Pattern ENVIRONMENT =
      Pattern.compile("java\\.lang\\.System\\.(getenv|getProperty|getProperties)");
  static final Pattern STANDARD_STREAMS =
      Pattern.compile("java\\.lang\\.System\\.(in|out|err)|java\\.lang\\.IO\\..*");
  static final Pattern REFLECTION =
      Pattern.compile(
          "java\\.lang\\.reflect\\..*|java\\.lang\\.invoke\\.MethodHandles\\..*"
              + "|java\\.lang\\.Class\\.(forName|getDeclared\\w+|getMethods?|getFields?"
              + "|getConstructors?|newInstance)");

  private Calls() {}

  /** Where the class does this. */
  static Stream<String> of(JavaClass type, Pattern what) {
    return type.getAccessesFromSelf().stream()
        .filter(access -> what.matcher(name(access)).matches())
        .map(JavaAccess::getDescription);
  }

  private static String name(JavaAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getTarget().getName();
  }
}
