package io.userservice.domain.user;

import static java.util.Objects.requireNonNull;

import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.validation.Validated;

/** A partial change as a client means it: each field is kept, or set, or (attributes) merged. */
public record UserPatch(Edit<EmailAddress> email, Edit<UserName> name, AttributesEdit attributes) {
  public UserPatch {
    requireNonNull(email);
    requireNonNull(name);
    requireNonNull(attributes);
  }

  /** What a patch says of one field that can't be removed. */
  public sealed interface Edit<T> {
    /** The patch doesn't mention the field. */
    record Keep<T>() implements Edit<T> {}

    /** The patch gives the field a value. */
    record Set<T>(T value) implements Edit<T> {
      public Set {
        requireNonNull(value);
      }
    }

    /** The field after the patch. */
    default T appliedTo(T current) {
      return switch (this) {
        case Keep<T> _ -> current;
        case Set<T>(var value) -> value;
      };
    }
  }

  /** What a patch says of the attributes. */
  public sealed interface AttributesEdit {
    /** The patch doesn't mention them. */
    record Keep() implements AttributesEdit {}

    /** The patch has an object for them: RFC 7396. */
    record Merge(JsonObject patch) implements AttributesEdit {
      public Merge {
        requireNonNull(patch);
      }
    }

    /** The patch has null for them: back to none. */
    record Reset() implements AttributesEdit {}

    /** The attributes after the patch, judged by today's limits. */
    default Validated<Attributes> appliedTo(Attributes current) {
      return switch (this) {
        case Keep _ -> Validated.valid(current);
        case Merge(var patch) -> current.merge(patch);
        case Reset _ -> Validated.valid(Attributes.NONE);
      };
    }
  }

  /** The profile after the patch; only merged attributes can turn out to be invalid. */
  Validated<Profile> appliedTo(Profile before) {
    return attributes
        .appliedTo(before.attributes())
        .map(
            merged ->
                new Profile(
                    email.appliedTo(before.email()), name.appliedTo(before.name()), merged));
  }
}
