package io.userservice.adapter.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.userservice.adapter.http.docs.Documentation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the OpenAPI document promises, held against what is seen. For any number of threads. */
public final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  /** What HTTP itself adds, and what every answer has. */
  private static final Set<String> UNDOCUMENTED =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "date",
          "x-content-type-options");

  private final Place root;
  private final Schemas schemas;

  Contract(JsonNode document) {
    this.root = Place.root(document);
    this.schemas = new Schemas(document);
  }

  private static final class Loaded {
    static final Contract CONTRACT = new Contract(document());
  }

  /** The one of the document that the service serves. */
  public static Contract served() {
    return Loaded.CONTRACT;
  }

  static JsonNode document() {
    try {
      return JSON.readTree(new Documentation().json().plain());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Place root() {
    return root;
  }

  Schemas schemas() {
    return schemas;
  }

  /** Each method and path that the document names, as {@code GET /users/{id}}. */
  public Set<String> operations() {
    var found = new TreeSet<String>();
    for (var path : root.demand("paths").names()) {
      methods(path).forEach(method -> found.add(method + " " + path));
    }
    return found;
  }

  /** Those of them that need no token. */
  public Set<String> openOperations() {
    return operations().stream().filter(this::isOpen).collect(Collectors.toSet());
  }

  private boolean isOpen(String operation) {
    var parts = operation.split(" ");
    return root.demand("paths")
        .demand(parts[1])
        .demand(parts[0].toLowerCase(Locale.ROOT))
        .child("security")
        .filter(security -> security.node().isEmpty())
        .isPresent();
  }

  /** Fails when the answer isn't what the document says. */
  public void demand(Seen seen) {
    var violations = violations(seen);
    if (!violations.isEmpty()) {
      throw new AssertionError(
          "%s %s answered %d: not what openapi.yaml says:%n  %s%nbody: %s"
              .formatted(
                  seen.method(),
                  seen.target(),
                  seen.status(),
                  String.join("\n  ", violations),
                  seen.text()));
    }
  }

  List<String> violations(Seen seen) {
    var template = template(seen.path());
    var operation =
        template.flatMap(
            path ->
                root.demand("paths")
                    .demand(path)
                    .child(seen.method().toLowerCase(Locale.ROOT))
                    .filter(_ -> seen.method().equals(seen.method().toUpperCase(Locale.ROOT))));
    var found = new ArrayList<String>();
    if (operation.isPresent()) {
      checkAnswer(seen, operation.get(), found);
      if (seen.status() < 300) {
        new RequestCheck(schemas, root.demand("paths").demand(template.get()), operation.get())
            .check(seen, found);
      }
    } else {
      checkRefusal(seen, template, found);
    }
    return found;
  }

  private void checkAnswer(Seen seen, Place operation, List<String> found) {
    var responses = operation.demand("responses");
    var own = responses.child(Integer.toString(seen.status()));
    if (own.isEmpty() && (seen.status() < 400 || seen.status() == 405)) {
      found.add("no such status");
      return;
    }
    var response = own.orElseGet(() -> responses.demand("default"));
    checkHeaders(seen, response, found);
    if (seen.method().equals("HEAD")) {
      demand(seen.body().length == 0, "content in an answer to HEAD", found);
    } else {
      checkBody(seen, response, found);
    }
  }

  private void checkHeaders(Seen seen, Place response, List<String> found) {
    var documented = response.demand("headers");
    for (var name : documented.names()) {
      var header = documented.demand(name);
      var value = seen.header(name);
      if (value.isEmpty()) {
        demand(!header.node().path("required").asBoolean(), "no header " + name, found);
      }
      value.ifPresent(
          text ->
              schemas
                  .errors(header.demand("schema"), JSON.getNodeFactory().textNode(text).toString())
                  .forEach(error -> found.add("header " + name + ": " + error)));
    }
    var names =
        documented.names().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    seen.headers().keySet().stream()
        .filter(name -> !names.contains(name) && !UNDOCUMENTED.contains(name))
        .forEach(name -> found.add("undocumented header " + name));
  }

  private void checkBody(Seen seen, Place response, List<String> found) {
    var content = response.child("content");
    if (content.isEmpty()) {
      demand(seen.body().length == 0, "undocumented content", found);
      return;
    }
    var media = seen.mediaType().flatMap(type -> content.get().child(type));
    if (media.isEmpty()) {
      found.add("undocumented media type " + seen.mediaType());
    } else if (media.get().pointer().contains("json")) {
      found.addAll(schemas.errors(media.get().demand("schema"), seen.text()));
      if (media.get().pointer().endsWith("problem+json")) {
        checkProblem(seen, Set.of(media.get().demand("examples")), found);
      }
    }
  }

  /** There's an example of each kind of problem that an answer can be. */
  private static void checkProblem(Seen seen, Set<Place> examples, List<String> found) {
    var problem = json(seen.text());
    var kinds =
        examples.stream()
            .flatMap(Place::children)
            .map(example -> kind(example.demand("value").node()))
            .collect(Collectors.toSet());
    demand(kinds.contains(kind(problem)), "no example of " + kind(problem), found);
    demand(problem.path("status").asInt() == seen.status(), "another status in the body", found);
  }

  private static String kind(JsonNode problem) {
    return problem.path("status").asInt() + " " + problem.path("type").asText();
  }

  /** What isn't an operation is refused, with one of the documented problems. */
  private void checkRefusal(Seen seen, Optional<String> template, List<String> found) {
    demand(seen.status() >= 400, "an answer by an operation that isn't documented", found);
    if (!seen.method().equals("HEAD")) {
      demand(
          seen.mediaType().equals(Optional.of("application/problem+json")),
          "no problem but " + seen.mediaType(),
          found);
      var schema = root.demand("components").demand("schemas").demand("Problem");
      found.addAll(schemas.errors(schema, seen.text()));
      checkProblem(seen, problemExamples(), found);
    }
    if (seen.status() == 405 && template.isPresent()) {
      var allow = new TreeSet<>(Arrays.asList(seen.header("Allow").orElse("").split(", ")));
      demand(allow.equals(methods(template.get())), "Allow: " + allow, found);
    }
  }

  Set<Place> problemExamples() {
    return root.demand("components")
        .demand("responses")
        .children()
        .flatMap(response -> response.child("content").stream())
        .flatMap(content -> content.child("application/problem+json").stream())
        .map(media -> media.demand("examples"))
        .collect(Collectors.toSet());
  }

  private TreeSet<String> methods(String path) {
    return root.demand("paths").demand(path).names().stream()
        .filter(METHODS::contains)
        .map(method -> method.toUpperCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The documented path that this one is an instance of; one without parameters comes first. */
  private Optional<String> template(String path) {
    var all = root.demand("paths").names();
    return all.contains(path)
        ? Optional.of(path)
        : all.stream()
            .filter(template -> path.matches(template.replaceAll("\\{[^}]*}", "[^/]+")))
            .findFirst();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  static void demand(boolean holds, String otherwise, List<String> found) {
    if (!holds) {
      found.add(otherwise);
    }
  }

  /** For examples: a document in which they are all known by where they stand. */
  static Map<String, JsonNode> named(Place examples) {
    return examples.names().stream()
        .collect(
            Collectors.toMap(name -> name, name -> examples.demand(name).demand("value").node()));
  }
}
