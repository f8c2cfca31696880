package io.userservice.adapter.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.userservice.domain.user.DeletedUser;
import io.userservice.domain.user.User;
import java.io.IOException;

/** Users as JSON, members in the order of the contract. */
final class UserJson {
  private UserJson() {}

  static ReplyBody of(User user) {
    return JsonOut.body(json -> write(user, json));
  }

  static void write(User user, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", user.key().id().toString());
    json.writeStringField("tenantId", user.key().tenant().value());
    json.writeStringField("email", user.profile().email().value());
    json.writeStringField("name", user.profile().name().value());
    json.writeFieldName("attributes");
    json.writeRawValue(user.profile().attributes().text().value());
    json.writeNumberField("version", user.version().value());
    json.writeStringField("createdAt", JsonOut.instant(user.createdAt()));
    json.writeStringField("updatedAt", JsonOut.instant(user.updatedAt()));
    if (user instanceof DeletedUser deleted) {
      json.writeStringField("deletedAt", JsonOut.instant(deleted.deletedAt()));
    }
    json.writeEndObject();
  }
}
