package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.generated.Tables.USERS;
import static io.userservice.adapter.persistence.generated.Tables.USER_EVENTS;

import io.userservice.application.driving.Actor;
import io.userservice.application.driving.EventId;
import io.userservice.application.driving.EventType;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.application.driving.TraceParent;
import io.userservice.domain.json.JsonText;
import io.userservice.domain.user.ActiveUser;
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
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;

/** Rows to values. Goes through constructors, not through today's policy: what is stored loads. */
final class Rows {
  static final List<Field<?>> USER_FIELDS =
      List.of(
          USERS.TENANT_ID,
          USERS.ID,
          USERS.EMAIL,
          USERS.NAME,
          USERS.ATTRIBUTES,
          USERS.VERSION,
          USERS.CREATED_AT,
          USERS.UPDATED_AT,
          USERS.DELETED_AT);
  static final List<Field<?>> EVENT_FIELDS = List.of(USER_EVENTS.fields());

  private Rows() {}

  /** A row of {@link #USER_FIELDS}. */
  static User user(ResultSet row) throws SQLException {
    var key = key(row.getString(1), row.getObject(2, UUID.class));
    var profile = profile(row.getString(3), row.getString(4), row.getString(5));
    var version = new Version(row.getLong(6));
    var createdAt = row.getObject(7, OffsetDateTime.class).toInstant();
    var updatedAt = row.getObject(8, OffsetDateTime.class).toInstant();
    return Optional.ofNullable(row.getObject(9, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant)
        .<User>map(deletedAt -> new DeletedUser(key, version, profile, createdAt, deletedAt))
        .orElseGet(() -> new ActiveUser(key, version, profile, createdAt, updatedAt));
  }

  static Profile profile(String email, String name, String attributes) {
    return new Profile(
        new EmailAddress(email), new UserName(name), StoredJson.attributes(attributes));
  }

  static UserKey key(String tenant, UUID id) {
    return new UserKey(new TenantId(tenant), new UserId(id));
  }

  static RecordedEvent event(Record row) {
    return new RecordedEvent(
        new EventId(row.get(USER_EVENTS.ID)),
        eventType(row.get(USER_EVENTS.TYPE)),
        key(row.get(USER_EVENTS.TENANT_ID), row.get(USER_EVENTS.USER_ID)),
        new Version(row.get(USER_EVENTS.VERSION)),
        row.get(USER_EVENTS.AT).toInstant(),
        Optional.ofNullable(row.get(USER_EVENTS.ACTOR)).map(Actor::new),
        Optional.ofNullable(row.get(USER_EVENTS.TRACE)).map(TraceParent::new),
        new JsonText(row.get(USER_EVENTS.PAYLOAD)));
  }

  static EventType eventType(String value) {
    return EventType.of(value)
        .orElseThrow(() -> new IllegalStateException("an event of unknown type " + value));
  }

  static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
