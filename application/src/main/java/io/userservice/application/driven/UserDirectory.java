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
 *   <li>A tenant sees its own users only.
 *   <li>Users are listed as they are.
 *   <li>Deleted users are seen as demanded.
 *   <li>Any condition finds deleted users too, if demanded.
 *   <li>A user is found by what it is, and no more by what it was.
 *   <li>An e-mail address is found in any spelling.
 *   <li>Ids are found, and unknown ones passed over.
 *   <li>As many ids are found as a page has users.
 *   <li>A prefix is one of the name or of the e-mail address, letter case aside.
 *   <li>A prefix is taken literally.
 *   <li>Created after is exclusive, and updated since inclusive.
 *   <li>Updated since looks at the last change.
 *   <li>All conditions must hold.
 *   <li>A walk in any order sees every user once and in order.
 *   <li>A condition holds on every page of a walk.
 *   <li>A walk sees every lasting user once, while others come and go.
 *   <li>A page tells where to go on, only if more is there.
 *   <li>Texts are ordered code point by code point.
 *   <li>A store out of reach is unavailable.
 * </ul>
 *
 * May be called by any number of threads; throws {@link StoreUnavailable}.
 */
public interface UserDirectory {

  /** One page of the tenant's users. */
  Page<User, Keyset> list(TenantId tenant, UserQuery query);
}
