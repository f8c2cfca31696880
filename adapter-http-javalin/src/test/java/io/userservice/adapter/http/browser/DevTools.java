package io.userservice.adapter.http.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The DevTools protocol: commands with answers, and events. */
final class DevTools implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECONDS_TO_ANSWER = 30;

  private final Map<Integer, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private int commands;

  DevTools(URI address) {
    this.socket = client.newWebSocketBuilder().buildAsync(address, new Receiver()).join();
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }

  /** All that has happened so far. */
  List<JsonNode> events() {
    return events;
  }

  JsonNode send(String session, String method, Map<String, Object> parameters) {
    var command = JSON.createObjectNode();
    var id = ++commands;
    command.put("id", id).put("method", method).set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      command.put("sessionId", session);
    }
    var answer = new CompletableFuture<JsonNode>();
    awaited.put(id, answer);
    socket.sendText(command.toString(), true).join();
    var received = answer.orTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS).join();
    if (received.has("error")) {
      throw new AssertionError(method + ": " + received.path("error"));
    }
    return received.path("result");
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        received(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void received(String text) {
      try {
        var node = (ObjectNode) JSON.readTree(text);
        if (node.has("id")) {
          awaited.remove(node.path("id").asInt()).complete(node);
        } else {
          events.add(node);
        }
      } catch (JsonProcessingException e) {
        throw new AssertionError(text, e);
      }
    }
  }
}
