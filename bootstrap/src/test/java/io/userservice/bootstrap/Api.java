package io.userservice.bootstrap;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;

/** A client of the service, of one tenant. */
final class Api implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final String token;

  Api(int port, String tenant) {
    this.base = "http://127.0.0.1:" + port;
    this.token = token(tenant);
  }

  /** A token of this tenant, good for an hour. */
  static String token(String tenant) {
    return JWT.create()
        .withClaim("tenantId", tenant)
        .withSubject("tester")
        .withExpiresAt(Instant.now().plusSeconds(3_600))
        .sign(Algorithm.HMAC256(TestServers.SECRET));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  HttpResponse<String> patch(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", path, body);
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, "");
  }

  /** The id of a new user with this address. */
  String create(String email) throws IOException, InterruptedException {
    var answer = post("/users", "{\"email\":\"%s\",\"name\":\"Ana\"}".formatted(email));
    if (answer.statusCode() != 201) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return json(answer).get("id").asText();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
