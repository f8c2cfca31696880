package io.userservice.bootstrap;

import java.util.Optional;

/** What clients do. */
enum Workload {
  LIVE("/health/live, for what HTTP alone can", "live", false),
  CREATE("creates", "create", true),
  CHANGE("patches", "change", true),
  FIND("reads by id", "find", true),
  FIND_BY_EMAIL("reads by e-mail", "find_by_email", false),
  PAGE("pages of 50", "page", true),
  MIXED("mixed: 7 reads, a page, a patch, a create", "mixed", false);

  private final String title;
  private final String script;
  private final boolean alone;

  /**
   * @param script of both tools
   * @param alone whether pgbench does the same
   */
  Workload(String title, String script, boolean alone) {
    this.title = title;
    this.script = script;
    this.alone = alone;
  }

  String title() {
    return title;
  }

  String script() {
    return script;
  }

  Optional<String> pgbench() {
    return alone ? Optional.of(script) : Optional.empty();
  }
}
