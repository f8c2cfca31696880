package io.userservice.adapter.http;

import io.userservice.adapter.http.JsonCodec.Parsed;
import io.userservice.adapter.http.problem.Problem;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNull;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.Attributes;
import io.userservice.domain.user.EmailAddress;
import io.userservice.domain.user.Profile;
import io.userservice.domain.user.UserName;
import io.userservice.domain.user.UserPatch;
import io.userservice.domain.user.UserPatch.AttributesEdit;
import io.userservice.domain.user.UserPatch.Edit;
import io.userservice.domain.validation.Validated;
import io.userservice.domain.validation.Validated.Invalid;
import io.userservice.domain.validation.Validated.Valid;
import io.userservice.domain.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A user as clients write it: whole in a POST, in part (RFC 7396) in a PATCH. */
record UserDocument(JsonObject document, List<Violation> found) {
  private static final Set<String> WRITABLE = Set.of("email", "name", "attributes");
  private static final Set<String> READ_ONLY =
      Set.of("id", "tenantId", "version", "createdAt", "updatedAt", "deletedAt");

  static UserDocument of(Parsed body) {
    return switch (body.value()) {
      case JsonObject object -> new UserDocument(object, body.found());
      case JsonNull _, JsonBoolean _, JsonNumber _, JsonString _, JsonArray _ -> {
        var detail = "body: " + kind(body.value()) + ", an object is accepted";
        var found = new ArrayList<>(body.found());
        found.add(new Violation("", "wrong_type", detail));
        throw Problem.invalid(found).raised();
      }
    };
  }

  /** The profile of a new user, or everything that is wrong with it. */
  Validated<Profile> profile() {
    return checked(
        Validated.all(
            required("email", EmailAddress::parse),
            required("name", UserName::parse),
            newAttributes(),
            Profile::new));
  }

  /** What is to be changed of a user, or everything that is wrong with it. */
  Validated<UserPatch> patch() {
    return checked(
        Validated.all(
            edit("email", EmailAddress::parse),
            edit("name", UserName::parse),
            attributesEdit(),
            UserPatch::new));
  }

  private <T> Validated<T> checked(Validated<T> members) {
    var all = new ArrayList<>(found);
    document.members().keySet().forEach(name -> checkName(name, all));
    all.addAll(members.violations());
    return switch (members) {
      case Valid<T> valid when all.isEmpty() -> valid;
      case Valid<T> _, Invalid<T> _ -> new Invalid<>(all);
    };
  }

  private static void checkName(String name, List<Violation> found) {
    var pointer = Violation.child("", name);
    if (READ_ONLY.contains(name)) {
      found.add(new Violation(pointer, "read_only", name + ": is set by the service alone"));
    } else if (!WRITABLE.contains(name)) {
      found.add(
          new Violation(
              pointer,
              "unknown_member",
              name + ": not a member; accepted are email, name, attributes"));
    }
  }

  private <T> Validated<T> required(String name, Function<String, Validated<T>> parse) {
    var value = document.members().get(name);
    return value == null
        ? Validated.invalid("/" + name, "missing", name + ": missing")
        : text(name, value, parse);
  }

  private <T> Validated<Edit<T>> edit(String name, Function<String, Validated<T>> parse) {
    var value = document.members().get(name);
    return value == null
        ? Validated.valid(new Edit.Keep<>())
        : text(name, value, parse).map(Edit.Set::new);
  }

  private static <T> Validated<T> text(
      String name, JsonValue value, Function<String, Validated<T>> parse) {
    return switch (value) {
      case JsonString(var text) -> parse.apply(text);
      case JsonNull _ ->
          Validated.invalid("/" + name, "null", name + ": null, a string is accepted");
      case JsonBoolean _, JsonNumber _, JsonArray _, JsonObject _ ->
          wrongType(name, value, "a string");
    };
  }

  private Validated<Attributes> newAttributes() {
    var value = document.members().get("attributes");
    return switch (value) {
      case null -> Validated.valid(Attributes.NONE);
      case JsonObject object -> Attributes.parse(object);
      case JsonNull _, JsonBoolean _, JsonNumber _, JsonString _, JsonArray _ ->
          wrongType("attributes", value, "an object");
    };
  }

  private Validated<AttributesEdit> attributesEdit() {
    @Nullable JsonValue value = document.members().get("attributes");
    return switch (value) {
      case null -> Validated.valid(new AttributesEdit.Keep());
      // What is wrong with the patch alone is wrong with whatever it is merged into.
      case JsonObject object ->
          Attributes.NONE.merge(object).map(_ -> new AttributesEdit.Merge(object));
      case JsonNull _ -> Validated.valid(new AttributesEdit.Reset());
      case JsonBoolean _, JsonNumber _, JsonString _, JsonArray _ ->
          wrongType("attributes", value, "an object or null");
    };
  }

  private static <T> Validated<T> wrongType(String name, JsonValue value, String accepted) {
    return Validated.invalid(
        "/" + name, "wrong_type", "%s: %s, %s is accepted".formatted(name, kind(value), accepted));
  }

  private static String kind(JsonValue value) {
    return switch (value) {
      case JsonNull _ -> "null";
      case JsonBoolean _ -> "a boolean";
      case JsonNumber _ -> "a number";
      case JsonString _ -> "a string";
      case JsonArray _ -> "an array";
      case JsonObject _ -> "an object";
    };
  }
}
