package io.userservice.domain.user;

import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.user.Change.AttributeChanged;
import io.userservice.domain.user.Change.EmailChanged;
import io.userservice.domain.user.Change.NameChanged;
import io.userservice.domain.user.Change.Restored;
import io.userservice.domain.user.UserEvent.Created;
import io.userservice.domain.user.UserEvent.Deleted;
import io.userservice.domain.user.UserEvent.Updated;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What a subscriber could do: builds a user from nothing but its events. */
final class Replay {
  private Replay() {}

  static User of(List<UserEvent> events) {
    var first = (Created) events.getFirst();
    User user =
        new ActiveUser(first.user(), first.version(), first.profile(), first.at(), first.at());
    for (var event : events.subList(1, events.size())) {
      user = next(user, event);
    }
    return user;
  }

  private static User next(User user, UserEvent event) {
    return switch (event) {
      case Created _ -> throw new IllegalStateException("created twice");
      case Updated(var key, var version, var at, var changes) ->
          new ActiveUser(key, version, applied(user.profile(), changes), user.createdAt(), at);
      case Deleted(var key, var version, var at) ->
          new DeletedUser(key, version, user.profile(), user.createdAt(), at);
    };
  }

  /** The profile with every change's new value. */
  static Profile applied(Profile profile, Changes changes) {
    for (var change : changes.values()) {
      profile = forth(profile, change);
    }
    return profile;
  }

  /** The profile with every change's old value. */
  static Profile undone(Profile profile, Changes changes) {
    for (var change : changes.values()) {
      profile = back(profile, change);
    }
    return profile;
  }

  private static Profile forth(Profile p, Change change) {
    return switch (change) {
      case EmailChanged(_, var to) -> new Profile(to, p.name(), p.attributes());
      case NameChanged(_, var to) -> new Profile(p.email(), to, p.attributes());
      case AttributeChanged(var key, _, var to) -> withAttribute(p, key, to);
      case Restored _ -> p;
    };
  }

  private static Profile back(Profile p, Change change) {
    return switch (change) {
      case EmailChanged(var from, _) -> new Profile(from, p.name(), p.attributes());
      case NameChanged(var from, _) -> new Profile(p.email(), from, p.attributes());
      case AttributeChanged(var key, var from, _) -> withAttribute(p, key, from);
      case Restored _ -> p;
    };
  }

  private static Profile withAttribute(Profile p, String key, Optional<JsonValue> value) {
    var members = new LinkedHashMap<>(p.attributes().value().members());
    members.put(key, value.orElse(JsonValue.NULL));
    return new Profile(p.email(), p.name(), new Attributes(new JsonObject(members)));
  }
}
