package io.userservice.application.driving;

import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.Profile;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserPatch;
import io.userservice.domain.user.Version;
import io.userservice.domain.validation.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes users. What is answered as done is committed together with its event; what is refused has
 * left no trace. No call waits for the message broker. May be called by any number of threads.
 *
 * <p>Each call throws {@link io.userservice.application.driven.StoreUnavailable} while the database
 * is away; whether the change happened is then unknown.
 */
public interface ManageUsers {

  /** Creates a user of the caller's tenant; with a claim, at most once for that key. */
  CreateOutcome create(Caller caller, Profile profile, Optional<IdempotencyClaim> claim);

  /** Applies a patch to a living user; one that changes nothing raises no version and no event. */
  UpdateOutcome update(Caller caller, UserId id, UserPatch patch, Precondition precondition);

  /** Deletes a living user softly; its e-mail address is free afterwards. */
  DeleteOutcome delete(Caller caller, UserId id, Precondition precondition);

  /** Brings a deleted user back. */
  RestoreOutcome restore(Caller caller, UserId id, Precondition precondition);

  /** Which versions of a user the caller will have changed (RFC 9110 sections 13.1.1, 13.1.2). */
  sealed interface Precondition {
    /** Any version: nothing was demanded, or {@code *}. */
    record AnyVersion() implements Precondition {}

    /** One of these; an empty set matches no version at all. */
    record OneOf(Set<Version> versions) implements Precondition {
      public OneOf {
        versions = Set.copyOf(versions);
      }
    }

    /** Any but these. */
    record NoneOf(Set<Version> versions) implements Precondition {
      public NoneOf {
        versions = Set.copyOf(versions);
      }
    }

    /** Whether a user at this version may be changed. */
    default boolean matches(Version current) {
      return switch (this) {
        case AnyVersion _ -> true;
        case OneOf(var versions) -> versions.contains(current);
        case NoneOf(var versions) -> !versions.contains(current);
      };
    }
  }

  /** How a create ended. */
  sealed interface CreateOutcome {}

  /** How an update ended. */
  sealed interface UpdateOutcome {}

  /** How a delete ended. */
  sealed interface DeleteOutcome {}

  /** How a restore ended. */
  sealed interface RestoreOutcome {}

  /** The user is there now. */
  record Created(ActiveUser user) implements CreateOutcome {}

  /** The same request was answered before, with this user; nothing happened now. */
  record Replayed(ActiveUser user) implements CreateOutcome {}

  /** The idempotency key was used for another request. */
  record KeyReused() implements CreateOutcome {}

  /** A request with this idempotency key is still at work. */
  record KeyBusy() implements CreateOutcome {}

  /** The user is changed now. */
  record Updated(ActiveUser user) implements UpdateOutcome {}

  /** The user was like that already. */
  record Unchanged(ActiveUser user) implements UpdateOutcome {}

  /** The result would break a rule that only shows on the whole, or can't be told to others. */
  record Refused(List<Violation> violations) implements UpdateOutcome {
    public Refused {
      violations = List.copyOf(violations);
    }
  }

  /** The user is deleted now. */
  record Deleted() implements DeleteOutcome {}

  /** The user lives again. */
  record Restored(ActiveUser user) implements RestoreOutcome {}

  /** There is a living user of that id: nothing to restore. */
  record NotDeleted() implements RestoreOutcome {}

  /** No such user for this caller: unknown, deleted, or another tenant's. */
  record NotFound() implements UpdateOutcome, DeleteOutcome, RestoreOutcome {}

  /** The user is at another version than the caller demanded. */
  record Stale(Version current) implements UpdateOutcome, DeleteOutcome, RestoreOutcome {}

  /** A living user of the tenant has this e-mail address. */
  record EmailTaken() implements CreateOutcome, UpdateOutcome, RestoreOutcome {}
}
