package io.userservice.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a class calls, reads, writes or refers to, by {@code owner.name}; a constructor that is told
 * nothing by {@code owner.<init>()}.
 */
final class Calls {
  static final Pattern CLOCK =
      Pattern.compile(
          "java\\.time\\.(\\w+\\.now|chrono\\.\\w+\\.(now|dateNow)|ZoneId\\.systemDefault"
              + "|(Clock|InstantSource)\\.(system|tick)\\w*)"
              + "|java\\.lang\\.System\\.currentTimeMillis|java\\.util\\.(Date\\.<init>\\(\\)"
              + "|Calendar\\.getInstance|(GregorianCalendar|Timer)\\.<init>(\\(\\))?"
              + "|(TimeZone|Locale)\\.getDefault)");
  static final Pattern STOPWATCH = Pattern.compile("java\\.lang\\.System\\.nanoTime");
  static final Pattern CHANCE =
      Pattern.compile(
          "java\\.util\\.UUID\\.randomUUID|java\\.lang\\.(Strict)?Math\\.random"
              + "|java\\.(util|security)\\.(Secure|Splittable)?Random\\.<init>(\\(\\))?"
              + "|java\\.security\\.SecureRandom\\.getInstance\\w*"
              + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\.current"
              + "|java\\.util\\.(Collections\\.shuffle|random\\..*)"
              + "|(javax\\.crypto\\.KeyGenerator|java\\.security\\.KeyPairGenerator)"
              + "\\.gen\\w*");
  static final Pattern ENVIRONMENT =
      Pattern.compile(
          "java\\.lang\\.(System\\.(getenv|getProperty|getProperties)"
              + "|Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)");

  /** What ends the process or starts others, and what all in it share. */
  static final Pattern ENDS_AND_GLOBALS =
      Pattern.compile(
          "java\\.lang\\.(System\\.(exit|setIn|setOut|setErr)"
              + "|Runtime\\.(exit|halt|exec|addShutdownHook)|ProcessBuilder\\..*"
              + "|Thread\\.setDefaultUncaughtExceptionHandler)"
              + "|java\\.util\\.(Locale|TimeZone)\\.setDefault");

  /** Of the process itself, and of others. */
  static final Pattern PROCESS =
      Pattern.compile(
          "java\\.lang\\.(System\\.(load|loadLibrary|identityHashCode|setPropert\\w*|clearProperty)"
              + "|(Runtime|Process\\w*)(\\$\\w+)?\\..*)|"
              + ENDS_AND_GLOBALS.pattern());

  /** Lines that no observer hears of. */
  static final Pattern LOGGING =
      Pattern.compile(
          "java\\.lang\\.(System\\.getLogger|System\\$Logger\\..*|Thread\\.dumpStack)"
              + "|java\\.util\\.logging\\..*|.*\\.printStackTrace");

  static final Pattern STANDARD_STREAMS =
      Pattern.compile(
          "java\\.lang\\.System\\.(in|out|err|console)|java\\.lang\\.IO\\..*"
              + "|java\\.io\\.FileDescriptor\\.(in|out|err)");
  static final Pattern REFLECTION =
      Pattern.compile(
          "java\\.lang\\.reflect\\..*|java\\.lang\\.invoke\\.MethodHandles\\..*"
              + "|java\\.lang\\.Class\\.(forName|getDeclared\\w+|getMethods?|getFields?"
              + "|getConstructors?|newInstance)"
              + "|java\\.(lang|net)\\.\\w*ClassLoader\\.(loadClass|defineClass)"
              + "|java\\.util\\.ServiceLoader\\..*|java\\.io\\.ObjectInputStream\\..*");

  private Calls() {}

  /** Where the class does this. */
  static Stream<String> of(JavaClass type, Pattern what) {
    return type.getAccessesFromSelf().stream()
        .filter(access -> what.matcher(name(access)).matches())
        .map(JavaAccess::getDescription);
  }

  private static String name(JavaAccess<?> access) {
    var name = access.getTargetOwner().getName() + "." + access.getTarget().getName();
    return access.getTarget() instanceof CodeUnitAccessTarget made
            && made.getName().equals("<init>")
            && made.getRawParameterTypes().isEmpty()
        ? name + "()"
        : name;
  }
}
