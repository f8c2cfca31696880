package io.userservice.application.driving;

import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserId;
import java.util.Optional;

/**
 * Reads users of the caller's tenant. What an earlier call was told to be done is seen. May be
 * called by any number of threads; throws {@link
 * io.userservice.application.driven.StoreUnavailable} while the database is away.
 */
public interface ReadUsers {

  /** The living user of that id; empty for one unknown, deleted, or of another tenant. */
  Optional<ActiveUser> get(Caller caller, UserId id);

  /** A page of users. Its cost doesn't depend on how deep in the list it is. */
  Page<User, Keyset> list(Caller caller, UserQuery query);
}
