package io.userservice.adapter.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A place in the document. References are followed: a place is never a reference. */
record Place(JsonNode document, String pointer) {

  static Place root(JsonNode document) {
    return new Place(document, "");
  }

  JsonNode node() {
    return document.at(pointer);
  }

  Optional<Place> child(String name) {
    var place = new Place(document, pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
    if (place.node().isMissingNode()) {
      return Optional.empty();
    }
    var reference = place.node().path("$ref");
    return Optional.of(
        reference.isMissingNode()
            ? place
            : new Place(document, reference.textValue().substring("#".length())));
  }

  Place demand(String name) {
    return child(name).orElseThrow(() -> new AssertionError(pointer + " has no " + name));
  }

  List<String> names() {
    return node().propertyStream().map(member -> member.getKey()).toList();
  }

  /** The members of an object or the items of an array. */
  Stream<Place> children() {
    return node().isArray()
        ? Stream.iterate(0, i -> i < node().size(), i -> i + 1)
            .map(i -> demand(Integer.toString(i)))
        : names().stream().map(this::demand);
  }
}
