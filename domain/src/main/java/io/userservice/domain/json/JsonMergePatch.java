package io.userservice.domain.json;

import io.userservice.domain.json.JsonValue.JsonNull;
import io.userservice.domain.json.JsonValue.JsonObject;
import java.util.LinkedHashMap;

/** JSON Merge Patch, the function of RFC 7396 section 2. */
public final class JsonMergePatch {
  private JsonMergePatch() {}

  /** The target with the patch applied; a null in the patch removes the member. */
  public static JsonValue apply(JsonValue target, JsonValue patch) {
    if (!(patch instanceof JsonObject changes)) {
      return patch;
    }
    return apply(target instanceof JsonObject object ? object : JsonObject.EMPTY, changes);
  }

  /** The same for two objects: the result is an object again. */
  public static JsonObject apply(JsonObject target, JsonObject patch) {
    var members = new LinkedHashMap<>(target.members());
    patch
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof JsonNull) {
                members.remove(name);
              } else {
                members.put(name, apply(members.getOrDefault(name, JsonValue.NULL), value));
              }
            });
    return new JsonObject(members);
  }
}
