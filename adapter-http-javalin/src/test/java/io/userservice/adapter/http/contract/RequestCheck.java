package io.userservice.adapter.http.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Whether the document allows what the service has accepted. */
record RequestCheck(Schemas schemas, Place path, Place operation) {

  void check(Seen seen, List<String> found) {
    checkBody(seen, found);
    var parts = seen.target().split("\\?", 2);
    if (parts.length == 2) {
      Stream.of(parts[1].split("&"))
          .filter(pair -> !pair.isEmpty())
          .forEach(pair -> checkParameter(pair.split("=", 2), found));
    }
  }

  private void checkBody(Seen seen, List<String> found) {
    var body = operation.child("requestBody");
    if (body.isPresent()) {
      // All media types of an operation have one schema.
      body.get()
          .demand("content")
          .children()
          .map(media -> schemas.errors(media.demand("schema"), text(seen.sent())))
          .forEach(errors -> errors.forEach(error -> found.add("request: " + error)));
    } else {
      Contract.demand(seen.sent().length == 0, "undocumented content of a request", found);
    }
  }

  private void checkParameter(String[] pair, List<String> found) {
    var name = decoded(pair[0]);
    var value = pair.length == 1 ? "" : decoded(pair[1]);
    var parameter =
        Stream.of(path, operation)
            .flatMap(place -> place.child("parameters").stream())
            .flatMap(Place::children)
            .filter(place -> place.node().path("in").asText().equals("query"))
            .filter(place -> place.node().path("name").asText().equals(name))
            .findFirst();
    if (parameter.isEmpty()) {
      found.add("undocumented parameter " + name);
      return;
    }
    var schema = parameter.get().demand("schema");
    var one = schema.child("items").orElse(schema);
    var json =
        one.node().path("type").asText().equals("integer")
            ? value
            : JsonNodeFactory.instance.textNode(value).toString();
    schemas.errors(one, json).forEach(error -> found.add("parameter " + name + ": " + error));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
