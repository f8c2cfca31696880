package io.userservice.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All rules there are, by the names of their fields: one that is written down can't be forgotten.
 */
final class Rules {
  private Rules() {}

  static Map<String, ArchRule> all() {
    var rules = new TreeMap<String, ArchRule>();
    Stream.of(DomainRules.class, PortRules.class, AdapterRules.class, HouseRules.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
        .filter(field -> field.getType() == ArchRule.class)
        .forEach(field -> rules.put(field.getName(), valueOf(field)));
    return rules;
  }

  private static ArchRule valueOf(Field field) {
    try {
      return (ArchRule) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
