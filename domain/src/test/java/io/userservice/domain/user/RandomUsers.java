package io.userservice.domain.user;

import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.UserPatch.AttributesEdit;
import io.userservice.domain.user.UserPatch.Edit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random users, patches and times; few values of each, so that equal ones are met often. */
final class RandomUsers {
  static final UserKey KEY = new UserKey(new TenantId("acme"), new UserId(new UUID(1, 2)));

  private RandomUsers() {}

  static Arbitrary<EmailAddress> emails() {
    return Arbitraries.of("a@example.org", "A@example.org", "b@example.org", "ä@exämple.org")
        .map(EmailAddress::new);
  }

  static Arbitrary<UserName> names() {
    return Arbitraries.of("Ana", "ana", "Åsa 😀", "Bob").map(UserName::new);
  }

  /** Nested at most twice, so that no patch makes attributes that are too deep. */
  private static Arbitrary<JsonValue> values(int depth) {
    Arbitrary<JsonValue> scalars =
        Arbitraries.oneOf(
            Arbitraries.<JsonValue>of(JsonValue.NULL, new JsonBoolean(true), new JsonString("x")),
            Arbitraries.of("1", "1.0", "-2.50", "1e3")
                .map(BigDecimal::new)
                .<JsonValue>map(JsonNumber::new));
    return depth == 0
        ? scalars
        : Arbitraries.oneOf(
            scalars,
            values(depth - 1).list().ofMaxSize(2).<JsonValue>map(JsonArray::new),
            objects(depth - 1));
  }

  static Arbitrary<JsonObject> objects() {
    return objects(2);
  }

  private static Arbitrary<JsonObject> objects(int depth) {
    return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), values(depth))
        .ofMaxSize(3)
        .map(JsonObject::new);
  }

  static Arbitrary<Profile> profiles() {
    return Combinators.combine(emails(), names(), objects().map(Attributes::new)).as(Profile::new);
  }

  static Arbitrary<UserPatch> patches() {
    return Combinators.combine(edits(emails()), edits(names()), attributeEdits())
        .as(UserPatch::new);
  }

  private static <T> Arbitrary<Edit<T>> edits(Arbitrary<T> values) {
    return Arbitraries.oneOf(
        Arbitraries.just(new Edit.Keep<>()), values.map(value -> new Edit.Set<>(value)));
  }

  private static Arbitrary<AttributesEdit> attributeEdits() {
    return Arbitraries.oneOf(
        Arbitraries.of(new AttributesEdit.Keep(), new AttributesEdit.Reset()),
        objects().map(AttributesEdit.Merge::new));
  }

  /** Times that also run backwards. */
  static Arbitrary<Instant> times() {
    return Arbitraries.longs().between(0, 10_000).map(Instant::ofEpochMilli);
  }
}
