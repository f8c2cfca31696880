package io.userservice.domain.user;

import static java.util.Objects.requireNonNull;

/** Tenant and user id together: a lookup that forgets the tenant can't be written down. */
public record UserKey(TenantId tenant, UserId id) {
  public UserKey {
    requireNonNull(tenant);
    requireNonNull(id);
  }
}
