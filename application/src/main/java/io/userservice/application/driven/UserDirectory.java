package io.userservice.application.driven;

import io.userservice.application.driving.Page;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.User;

/**
 * Finds users by what they are.
 *
 * <ul>
 *   <li>All conditions of the filter hold for every user of a page, and no other tenant's is in it.
 *   <li>Pages follow the sort order, ties broken by id; texts are compared code point by code
 *       point.
 *   <li>A walk sees every user that is there throughout exactly once.
 *   <li>A page tells where to go on if, and only if, more was there.
 * </ul>
 *
 * May be called by any number of threads; throws {@link StoreUnavailable}.
 */
public interface UserDirectory {

  /** One page of the tenant's users. */
  Page<User, Keyset> list(TenantId tenant, UserQuery query);
}
