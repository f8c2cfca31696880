package io.userservice.application.example;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.userservice.application.driving.Actor;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.EventType;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.driving.TraceParent;
import io.userservice.domain.json.JsonText;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.Attributes;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.Profile;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.UserName;
import io.userservice.domain.user.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;

/** Rows to values: by constructors, for what was stored once is valid for ever. */
final class H2Rows {
  private static final JsonMapper JSON =
      // Without its table of names, which refuses many of one hash.
      JsonMapper.builder(
              JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private H2Rows() {}

  static User user(ResultSet row) throws SQLException {
    var key = key(row, "id");
    var version = new Version(row.getLong("version"));
    var profile = profile(row);
    var createdAt = instant(row, "created_at").orElseThrow();
    var updatedAt = instant(row, "updated_at").orElseThrow();
    return instant(row, "deleted_at")
        .<User>map(deletedAt -> new DeletedUser(key, version, profile, createdAt, deletedAt))
        .orElseGet(() -> new ActiveUser(key, version, profile, createdAt, updatedAt));
  }

  static RecordedEvent event(ResultSet row) throws SQLException {
    return new RecordedEvent(
        new EventId(row.getObject("id", UUID.class)),
        EventType.of(row.getString("type")).orElseThrow(),
        key(row, "user_id"),
        new Version(row.getLong("version")),
        instant(row, "at").orElseThrow(),
        Optional.ofNullable(row.getString("actor")).map(Actor::new),
        Optional.ofNullable(row.getString("trace")).map(TraceParent::new),
        new JsonText(row.getString("payload")));
  }

  private static UserKey key(ResultSet row, String id) throws SQLException {
    return new UserKey(
        new TenantId(row.getString("tenant")), new UserId(row.getObject(id, UUID.class)));
  }

  private static Profile profile(ResultSet row) throws SQLException {
    return new Profile(
        new EmailAddress(row.getString("email")),
        new UserName(row.getString("name")),
        new Attributes((JsonObject) json(row.getString("attributes"))));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static JsonValue json(String text) {
    try {
      return json(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON that can't be read", e);
    }
  }

  private static JsonValue json(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var members = new LinkedHashMap<String, JsonValue>();
        node.properties().forEach(member -> members.put(member.getKey(), json(member.getValue())));
        yield new JsonObject(members);
      }
      case ARRAY -> new JsonArray(node.valueStream().map(H2Rows::json).toList());
      case STRING -> new JsonString(node.textValue());
      case NUMBER -> new JsonNumber(node.decimalValue());
      case BOOLEAN -> new JsonBoolean(node.booleanValue());
      case NULL, MISSING, BINARY, POJO -> JsonValue.NULL;
    };
  }
}
