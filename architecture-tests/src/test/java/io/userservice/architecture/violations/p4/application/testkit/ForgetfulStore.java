package io.userservice.architecture.violations.p4.application.testkit;

import io.userservice.architecture.violations.p4.application.driven.Store;

/** Other teams take it for an adapter, and nothing shows that it is one. */
public final class ForgetfulStore implements Store {
  @Override
  public void save() {}
}
