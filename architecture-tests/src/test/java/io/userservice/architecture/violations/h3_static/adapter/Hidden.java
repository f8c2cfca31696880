package io.userservice.architecture.violations.h3_static.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the fields are declared as can't be altered; what they are can. */
final class Hidden {
  static final Map<String, String> TABLE = new TreeMap<>();
  static final Number COUNT = new AtomicLong();
  static final List<String> NAMES = names();
  static final List<String> MAYBE =
      Hidden.class.desiredAssertionStatus() ? new ArrayList<>() : List.of();
  static final List<String> CLOSED = List.copyOf(names());

  private static List<String> names() {
    var names = new ArrayList<String>();
    names.add("ana");
    return names;
  }
}
