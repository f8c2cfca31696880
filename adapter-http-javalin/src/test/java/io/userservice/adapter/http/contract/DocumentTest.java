package io.userservice.adapter.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is true of the document without a service. */
class DocumentTest {
  private final Contract contract = Contract.served();

  /** An example, and the schema beside it. */
  private record Example(Place schema, Place value) {}

  @Test
  void all_examples_are_what_their_schemas_say() {
    var examples = new ArrayList<Example>();
    collect(contract.root(), examples);

    assertThat(examples).hasSizeGreaterThan(100);
    assertThat(examples)
        .allSatisfy(
            example ->
                assertThat(
                        contract.schemas().errors(example.schema, example.value.node().toString()))
                    .as(example.value.pointer())
                    .isEmpty());
  }

  @Test
  void there_is_an_example_of_every_kind_of_problem() {
    var shown =
        contract.problemExamples().stream()
            .flatMap(examples -> Contract.named(examples).values().stream())
            .map(
                problem ->
                    "%s %d %s"
                        .formatted(
                            problem.path("type").asText(),
                            problem.path("status").asInt(),
                            problem.path("title").asText()));

    assertThat(shown)
        .containsAll(
            Arrays.stream(ProblemType.values())
                .map(type -> "%s %d %s".formatted(type.uri(), type.status(), type.title()))
                .toList());
  }

  @Test
  void every_parameter_header_and_body_has_an_example() {
    var components = contract.root().demand("components");
    var lacking = new ArrayList<String>();
    // Not beside a parameter's schema but in it: the page would send the former unasked.
    components
        .demand("parameters")
        .children()
        .filter(one -> one.demand("schema").child("examples").isEmpty())
        .forEach(one -> lacking.add(one.pointer()));
    components
        .demand("headers")
        .children()
        .filter(one -> one.child("example").isEmpty())
        .forEach(one -> lacking.add(one.pointer()));
    components
        .demand("responses")
        .children()
        .flatMap(response -> response.child("content").stream())
        .flatMap(Place::children)
        .filter(media -> media.child("examples").isEmpty())
        .forEach(media -> lacking.add(media.pointer()));

    assertThat(lacking).isEmpty();
  }

  /** Examples stand beside the schema that they are for, or in it. */
  private static void collect(Place place, List<Example> found) {
    if (!place.node().isContainerNode()) {
      return;
    }
    place
        .child("schema")
        .ifPresent(
            schema -> {
              place.child("example").ifPresent(value -> found.add(new Example(schema, value)));
              place.child("examples").stream()
                  .flatMap(Place::children)
                  .forEach(example -> found.add(new Example(schema, example.demand("value"))));
            });
    if (place.node().path("examples").isArray()) {
      place.demand("examples").children().forEach(value -> found.add(new Example(place, value)));
    }
    // Each component is visited where it stands, so references needn't be followed here.
    place
        .node()
        .properties()
        .forEach(
            member -> {
              if (!member.getValue().has("$ref")) {
                collect(
                    new Place(
                        place.document(),
                        place.pointer()
                            + "/"
                            + member.getKey().replace("~", "~0").replace("/", "~1")),
                    found);
              }
            });
  }
}
