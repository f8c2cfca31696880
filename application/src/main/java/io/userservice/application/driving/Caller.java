package io.userservice.application.driving;

import static java.util.Objects.requireNonNull;

import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserKey;
import java.util.Optional;

/** On whose behalf something is asked. The tenant comes from a verified token and nowhere else. */
public record Caller(TenantId tenant, Optional<Actor> actor, Optional<TraceParent> trace) {
  public Caller {
    requireNonNull(tenant);
    requireNonNull(actor);
    requireNonNull(trace);
  }

  /** The user of that id within the caller's own tenant; there is no way to name another's. */
  public UserKey user(UserId id) {
    return new UserKey(tenant, id);
  }
}
