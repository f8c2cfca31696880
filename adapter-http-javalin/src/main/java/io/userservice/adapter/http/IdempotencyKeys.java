package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNull;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.Profile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The header {@code Idempotency-Key}, and what tells a retry from another request. */
final class IdempotencyKeys {
  private IdempotencyKeys() {}

  /** The claim of a request, if it makes one. */
  static Optional<IdempotencyClaim> claim(List<String> header, Profile profile) {
    if (header.isEmpty()) {
      return Optional.empty();
    }
    var key = header.getFirst();
    if (header.size() > 1 || !IdempotencyClaim.isValidKey(key)) {
      throw Problem.of(
              ProblemType.MALFORMED_REQUEST,
              "Idempotency-Key: accepted is one key of 1 to %d visible ASCII characters"
                  .formatted(IdempotencyClaim.MAX_LENGTH))
          .raised();
    }
    return Optional.of(new IdempotencyClaim(key, fingerprint(profile)));
  }

  /**
   * A digest of what the request means, not of its bytes: a client that makes its JSON anew for a
   * retry may order members differently, and it is the same request all the same.
   */
  private static String fingerprint(Profile profile) {
    var members = new LinkedHashMap<String, JsonValue>();
    members.put("email", new JsonString(profile.email().value()));
    members.put("name", new JsonString(profile.name().value()));
    members.put("attributes", canonical(profile.attributes().value()));
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(new JsonObject(members).text().utf8()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The value with all members in one order. */
  private static JsonValue canonical(JsonValue value) {
    return switch (value) {
      case JsonObject(var members) -> {
        var sorted = new TreeMap<String, JsonValue>();
        members.forEach((name, member) -> sorted.put(name, canonical(member)));
        yield new JsonObject(sorted);
      }
      case JsonArray(var values) -> {
        var items = new ArrayList<JsonValue>();
        values.forEach(item -> items.add(canonical(item)));
        yield new JsonArray(items);
      }
      case JsonNull _, JsonBoolean _, JsonNumber _, JsonString _ -> value;
    };
  }
}
