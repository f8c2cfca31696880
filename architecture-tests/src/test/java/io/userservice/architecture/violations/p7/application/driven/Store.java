package io.userservice.architecture.violations.p7.application.driven;

/**
 * A store.
 *
 * <ul>
 *   <li>What was kept is found.
 *   <li>What was kept survives a crash.
 * </ul>
 */
public interface Store {
  void keep(String what);
}
