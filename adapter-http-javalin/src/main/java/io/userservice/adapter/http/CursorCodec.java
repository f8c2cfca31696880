package io.userservice.adapter.http;

import io.userservice.application.driving.Position;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.application.driving.UserQuery.Keyset.AtText;
import io.userservice.application.driving.UserQuery.Keyset.AtTime;
import io.userservice.application.driving.UserQuery.Sort;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Places in a list as opaque texts. A text is the place and a code over the place and everything
 * that it belongs to (what kind of list, whose, filtered and sorted how), so that none can be
 * altered, invented, or used elsewhere. All instances of the service share the secret.
 */
final class CursorCodec {
  /** Octets of the authentication code, of the 32 that HMAC-SHA-256 gives. */
  private static final int MAC_LENGTH = 16;

  private static final int UUID_LENGTH = 16;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final Supplier<byte[]> secret;
  private volatile Optional<Mac> keyed = Optional.empty();

  CursorCodec(Supplier<byte[]> secret) {
    this.secret = secret;
  }

  /** When first needed, since the secret may have to be fetched; twice does no harm. */
  private Mac keyed() throws GeneralSecurityException {
    var known = keyed;
    if (known.isEmpty()) {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.get(), "HmacSHA256"));
      known = Optional.of(mac);
      keyed = known;
    }
    return known.get();
  }

  /** A cursor of a list of users. */
  String list(TenantId tenant, Filter filter, Sort sort, Keyset place) {
    return seal(listScope(tenant, filter, sort), bytes(place));
  }

  /** The place of that cursor, if it is one of this very list. */
  Optional<Keyset> list(TenantId tenant, Filter filter, Sort sort, String cursor) {
    return open(
        listScope(tenant, filter, sort),
        cursor,
        place ->
            switch (sort) {
              case CREATED_AT, CREATED_AT_DESCENDING, UPDATED_AT, UPDATED_AT_DESCENDING ->
                  atTime(place);
              case EMAIL, NAME -> atText(place);
            });
  }

  /** A cursor of the history of a user. */
  String history(TenantId tenant, UserId user, Version before) {
    return seal(historyScope(tenant, user), bytes(before.value()));
  }

  /** The place of that cursor, if it is one of this user's history. */
  Optional<Version> history(TenantId tenant, UserId user, String cursor) {
    return open(historyScope(tenant, user), cursor, place -> new Version(place.getLong()));
  }

  /** A cursor of a tenant's feed. */
  String changes(TenantId tenant, Position position) {
    return seal(changesScope(tenant), bytes(position.value()));
  }

  /** The place of that cursor, if it is one of this tenant's feed. */
  Optional<Position> changes(TenantId tenant, String cursor) {
    return open(changesScope(tenant), cursor, place -> new Position(place.getLong()));
  }

  private String seal(Scope scope, byte[] place) {
    var mac = mac(scope, place);
    return ENCODER.encodeToString(
        ByteBuffer.allocate(place.length + MAC_LENGTH).put(place).put(mac).array());
  }

  private <T> Optional<T> open(Scope scope, String cursor, Function<ByteBuffer, T> read) {
    return decode(cursor)
        .filter(whole -> whole.length > MAC_LENGTH)
        .flatMap(
            whole -> {
              var place = Arrays.copyOf(whole, whole.length - MAC_LENGTH);
              var mac = Arrays.copyOfRange(whole, place.length, whole.length);
              // What passes here was made by us, so it can be read.
              return MessageDigest.isEqual(mac, mac(scope, place))
                  ? Optional.of(read.apply(ByteBuffer.wrap(place)))
                  : Optional.empty();
            });
  }

  private static Optional<byte[]> decode(String cursor) {
    try {
      var bytes = Base64.getUrlDecoder().decode(cursor);
      // A text has one reading and a place one text: no padding, no stray bits at the end.
      return Optional.of(bytes).filter(all -> ENCODER.encodeToString(all).equals(cursor));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private byte[] mac(Scope scope, byte[] place) {
    try {
      var mac = (Mac) keyed().clone();
      mac.update(scope.text().getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(mac.doFinal(place), MAC_LENGTH);
    } catch (GeneralSecurityException | CloneNotSupportedException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] bytes(Keyset place) {
    return switch (place) {
      case AtTime(var at, var id) ->
          put(ByteBuffer.allocate(UUID_LENGTH + Long.BYTES), id).putLong(at.toEpochMilli()).array();
      case AtText(var text, var id) -> {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        yield put(ByteBuffer.allocate(UUID_LENGTH + utf8.length), id).put(utf8).array();
      }
    };
  }

  private static ByteBuffer put(ByteBuffer buffer, UserId id) {
    return buffer
        .putLong(id.value().getMostSignificantBits())
        .putLong(id.value().getLeastSignificantBits());
  }

  private static UserId id(ByteBuffer place) {
    return new UserId(new UUID(place.getLong(), place.getLong()));
  }

  private static Keyset atTime(ByteBuffer place) {
    var id = id(place);
    return new AtTime(Instant.ofEpochMilli(place.getLong()), id);
  }

  private static Keyset atText(ByteBuffer place) {
    var id = id(place);
    return new AtText(StandardCharsets.UTF_8.decode(place).toString(), id);
  }

  private static Scope listScope(TenantId tenant, Filter filter, Sort sort) {
    var scope =
        Scope.of("list", tenant)
            .and(sort.name())
            .and(filter.deleted().name())
            .and(filter.email().map(email -> email.canonical()))
            .and(filter.prefix())
            .and(filter.createdAfter().map(Instant::toString))
            .and(filter.updatedSince().map(Instant::toString));
    for (var id : filter.ids().stream().map(UserId::toString).sorted().toList()) {
      scope = scope.and(id);
    }
    return scope;
  }

  private static Scope historyScope(TenantId tenant, UserId user) {
    return Scope.of("history", tenant).and(user.toString());
  }

  private static Scope changesScope(TenantId tenant) {
    return Scope.of("changes", tenant);
  }

  /** What a cursor belongs to. Each part has its length before it, so that none runs into next. */
  private record Scope(String text) {
    /** The number is the format's: cursors of an older one are refused. */
    static Scope of(String kind, TenantId tenant) {
      return new Scope("1").and(kind).and(tenant.value());
    }

    Scope and(String part) {
      return new Scope(text + '|' + part.length() + ':' + part);
    }

    Scope and(Optional<String> part) {
      return part.map(this::and).orElseGet(() -> new Scope(text + "|-"));
    }
  }
}
