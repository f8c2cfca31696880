package io.userservice.application.driven;

import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import java.util.Optional;

/**
 * Users, and every change of them together with its event.
 *
 * <ul>
 *   <li>A commit is atomic: the state, the event in the {@link EventLog}, the event in the {@link
 *       Outbox} and the claimed key are there together, or nothing is.
 *   <li>What was committed survives a crash, and every later {@link #find} sees it.
 *   <li>Among the living users of a tenant an e-mail address, in canonical form, is there once.
 *   <li>Of several commits of one version of one user one is committed.
 *   <li>A tenant never sees another's user.
 *   <li>Per user, the events stand in log and outbox in the order of versions.
 *   <li>A refused commit leaves nothing behind, and uses no idempotency key up.
 * </ul>
 *
 * May be called by any number of threads; blocks for the database. Throws {@link StoreUnavailable}
 * when the outcome is unknown or nothing could be done; the same commit may then be made again: its
 * ids are known, so it comes to {@link VersionConflict} if it had happened.
 */
public interface UserStore {

  /** The user in its present state, deleted or living. */
  Optional<User> find(UserKey key);

  /** Makes the change durable, or says why not. */
  Outcome commit(Commit commit);

  /** How a commit ended. */
  sealed interface Outcome {}

  /** It is durable. */
  record Committed() implements Outcome {}

  /** Another living user of the tenant has the e-mail address. */
  record EmailTaken() implements Outcome {}

  /** The user isn't at the version that this state follows. */
  record VersionConflict() implements Outcome {}

  /** The key was claimed by the same request before; this is the user as it was created then. */
  record KeyReplayed(ActiveUser user) implements Outcome {}

  /** The key was claimed by another request. */
  record KeyReused() implements Outcome {}

  /** A commit that claims the key is under way. */
  record KeyBusy() implements Outcome {}
}
