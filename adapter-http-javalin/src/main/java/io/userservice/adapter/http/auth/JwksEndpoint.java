package io.userservice.adapter.http.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for a JWK set (RFC 7517), within bounds of time and size; follows no redirect. */
final class JwksEndpoint implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JwksEndpoint.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final long MAX_BYTES = 1 << 20;

  private final URI url;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  JwksEndpoint(URI url) {
    this.url = url;
  }

  /** The keys that can be used, by {@code kid}; empty when the endpoint didn't answer well. */
  Optional<Map<String, PublicKey>> fetch() {
    var request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Accept", "application/jwk-set+json, application/json")
            .build();
    var answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      // The request's own timeout ends with the headers; this one is for the body too.
      return Optional.of(read(answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (ExecutionException | TimeoutException | IOException e) {
      answer.cancel(true);
      log.warn("no keys from the JWKS endpoint at {}: {}", url.getHost(), e.toString());
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private Map<String, PublicKey> read(HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    var keys = new HashMap<String, PublicKey>();
    for (var jwk : parse(answer.body()).path("keys")) {
      if (isForSignatures(jwk)) {
        usable(jwk).ifPresent(key -> keys.put(jwk.path("kid").asText(), key));
      }
    }
    return Map.copyOf(keys);
  }

  private JsonNode parse(byte[] body) throws IOException {
    try {
      var document = json.readTree(body);
      if (!document.path("keys").isArray()) {
        throw new IOException("not a JWK set");
      }
      return document;
    } catch (JsonProcessingException _) {
      throw new IOException("not JSON");
    }
  }

  private static boolean isForSignatures(JsonNode jwk) {
    return jwk.path("kid").isTextual() && jwk.path("use").asText("sig").equals("sig");
  }

  /** A key that can't be used is left out: others of the set may be good. */
  private static Optional<PublicKey> usable(JsonNode jwk) {
    try {
      var key = PublicKeys.ofJwk(jwk);
      var algorithm = PublicKeys.algorithm(key).getName();
      return jwk.path("alg").asText(algorithm).equals(algorithm)
          ? Optional.of(key)
          : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
