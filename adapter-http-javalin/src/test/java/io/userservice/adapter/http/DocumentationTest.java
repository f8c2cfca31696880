package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.userservice.adapter.http.Api.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentationTest {
  private static final Pattern PART = Pattern.compile("(?:src|href)=\"(docs/[^\"]+)\"");
  private final Api api = Api.start();

  @AfterEach
  void stop() {
    api.close();
  }

  private Answer get(String path) {
    return api.anonymous("GET", path).send();
  }

  private List<String> parts() {
    return PART.matcher(get("/docs").text()).results().map(part -> "/" + part.group(1)).toList();
  }

  @Test
  void the_document_is_served_as_it_was_written_and_the_same_as_JSON() throws IOException {
    var yaml = get("/openapi.yaml");
    var json = get("/openapi.json");

    assertThat(yaml.header("Content-Type")).isEqualTo("application/yaml");
    assertThat(yaml.text()).startsWith("openapi: 3.1");
    assertThat(json.header("Content-Type")).isEqualTo("application/json");
    assertThat(json.json()).isEqualTo(new YAMLMapper().readTree(yaml.response().body()));
  }

  @Test
  void the_events_are_described() throws Exception {
    assertThat(get("/asyncapi.json").json().get("asyncapi").asText()).isEqualTo("3.0.0");
    assertThat(get("/schemas/user.updated.json").json().get("required"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("userId", "changes", "tenantId", "timestamp");
    assertThat(get("/schemas/user.renamed.json").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi.yaml",
        "/openapi.json",
        "/asyncapi.yaml",
        "/asyncapi.json",
        "/schemas/user.created.json",
        "/schemas/user.updated.json",
        "/schemas/user.deleted.json",
        "/docs"
      })
  void what_the_client_has_is_not_sent_again(String path) {
    var first = get(path);

    var again =
        api.anonymous("GET", path).header("If-None-Match", "\"x\", " + first.header("ETag")).send();
    var other = api.anonymous("GET", path).header("If-None-Match", "\"x\"").send();

    assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(other.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br, GZIP;q=0.5", "gzip , deflate"})
  void who_takes_gzip_gets_it_under_a_tag_of_its_own(String accepted) throws IOException {
    var plain = get("/openapi.json");

    var gzip = api.anonymous("GET", "/openapi.json").header("Accept-Encoding", accepted).send();

    assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(gzip.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(gzip.header("ETag")).isNotEqualTo(plain.header("ETag"));
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip.response().body()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain.response().body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "br", "*"})
  void who_does_not_name_gzip_is_not_given_it(String accepted) {
    var answer = api.anonymous("GET", "/docs").header("Accept-Encoding", accepted).send();

    assertThat(answer.header("Content-Encoding")).isEmpty();
    assertThat(answer.text()).startsWith("<!DOCTYPE html>");
  }

  @Test
  void the_parts_of_the_page_may_be_kept_for_ever() {
    var parts = parts();

    assertThat(parts).hasSize(4);
    assertThat(parts)
        .allSatisfy(
            part -> {
              var answer = get(part);
              assertThat(answer.status()).isEqualTo(200);
              assertThat(answer.header("Cache-Control"))
                  .isEqualTo("public, max-age=31536000, immutable");
              assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            });
  }

  @Test
  void the_licences_lie_beside_the_script_that_names_them() {
    var script = parts().stream().filter(part -> part.contains("bundle")).findFirst().orElseThrow();

    assertThat(get(script + ".LICENSE.txt").text()).contains("@license");
  }

  @Test
  void nothing_else_of_the_class_path_is_served() {
    var folder = parts().getFirst().replaceAll("[^/]+$", "");

    for (var path :
        List.of(
            folder + "index.html",
            folder + "swagger-initializer.js",
            folder + "openapi.yaml",
            folder + "docs.html",
            folder + "Documentation.class",
            folder + "..",
            "/docs/0123456789abcdef/docs.js",
            "/docs/swagger-ui.css",
            "/docs/")) {
      assertThat(get(path).status()).as(path).isIn(400, 404);
    }
    for (var path :
        List.of(
            "/webjars/swagger-ui/index.html",
            "/META-INF/resources/webjars/swagger-ui/index.html",
            "/swagger-ui.css")) {
      assertThat(api.get(path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void a_page_may_do_what_it_needs_and_no_more() {
    assertThat(get("/docs").header("Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'");
    assertThat(get("/problems/not-found").header("Content-Security-Policy"))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .doesNotContain("unsafe");
  }
}
