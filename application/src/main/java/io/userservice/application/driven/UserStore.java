package io.userservice.application.driven;

import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserKey;
import java.util.Optional;

/**
 * Users, and every change of them together with its event.
 *
 * <ul>
 *   <li>What was committed is found as it was.
 *   <li>What was committed survives a restart.
 *   <li>Values come back exactly, whatever their script.
 *   <li>The longest values are kept, and compared to their ends.
 *   <li>A user goes through its whole life.
 *   <li>A change replaces the whole profile.
 *   <li>A deleted and a restored user keep the whole profile.
 *   <li>A commit puts its event into log and outbox.
 *   <li>A refused commit leaves no event.
 *   <li>Of a commit all is kept or nothing.
 *   <li>A reader never sees half a commit.
 *   <li>A tenant never sees or changes another's user.
 *   <li>Letter case tells tenants and keys apart.
 *   <li>A store out of reach is unavailable.
 * </ul>
 *
 * E-mail addresses:
 *
 * <ul>
 *   <li>An e-mail address is there once among the living, in canonical form.
 *   <li>E-mail addresses that only look alike are two.
 *   <li>An e-mail address is the same whatever the language of the machine.
 *   <li>An update to a taken e-mail address is refused.
 *   <li>An e-mail address that alters in case alone can be updated.
 *   <li>Another tenant may have the same e-mail address.
 *   <li>A deleted user leaves its e-mail address to others.
 *   <li>An update frees the e-mail address that it leaves.
 *   <li>A delete frees the e-mail address in its own tenant alone.
 *   <li>A restored user has its e-mail address again.
 *   <li>A restore is refused when the e-mail address is taken meanwhile.
 *   <li>Of many commits of one e-mail address one is committed.
 * </ul>
 *
 * Versions:
 *
 * <ul>
 *   <li>A commit that does not follow the present version is refused.
 *   <li>The version is judged before the e-mail address.
 *   <li>A change of an unknown user is a version conflict.
 *   <li>The same create again is a version conflict, and changes nothing.
 *   <li>The same change again is a version conflict, and changes nothing.
 *   <li>Of many commits of one version one is committed.
 * </ul>
 *
 * Idempotency keys, which last {@link
 * io.userservice.application.driving.IdempotencyClaim#LIFETIME}:
 *
 * <ul>
 *   <li>A key answers the same request with the user as it was created.
 *   <li>A key is refused to another request.
 *   <li>A key belongs to its tenant.
 *   <li>A key is judged before the version and the e-mail address.
 *   <li>A refused commit uses no key up.
 *   <li>A key survives a restart.
 *   <li>A key lasts for its time, and is free afterwards.
 *   <li>Of many commits with one key one is committed, and the others learn of it.
 * </ul>
 *
 * May be called by any number of threads; blocks for the database. Throws {@link StoreUnavailable}
 * when the outcome is unknown or nothing could be done; the same commit may then be made again: its
 * ids are known, so if it had happened it comes to {@link VersionConflict}, or to {@link
 * KeyReplayed} if it claims a key.
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
