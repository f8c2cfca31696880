package io.userservice.adapter.http.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A tab, used as a person uses it: by mouse and keyboard. */
public final class Tab {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How a form could be filled in more easily, and the like: nothing that was in the way. */
  private static final String ADVICE = "\"GenericIssue\"";

  private final DevTools devTools;
  private final String session;

  Tab(DevTools devTools) {
    this.devTools = devTools;
    var target =
        devTools
            .send("", "Target.createTarget", Map.of("url", "about:blank"))
            .path("targetId")
            .textValue();
    this.session =
        devTools
            .send("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .textValue();
    Stream.of("Page", "Network", "Runtime", "Log", "Audits")
        .forEach(domain -> send(domain + ".enable", Map.of()));
  }

  private JsonNode send(String method, Map<String, Object> parameters) {
    return devTools.send(session, method, parameters);
  }

  public void visit(String address) {
    send("Page.navigate", Map.of("url", address));
  }

  /** Clicks the middle of the element as soon as it is there, and nothing lies upon it. */
  public void click(String selector) {
    await(selector)
        .atMost(PATIENCE)
        .until(
            () ->
                evaluate(
                        """
                        (() => {
                          const element = document.querySelector(%s);
                          if (!element) return false;
                          element.scrollIntoView({block: "center", behavior: "instant"});
                          const box = element.getBoundingClientRect();
                          window.middle = {x: box.x + box.width / 2, y: box.y + box.height / 2};
                          const top = document.elementFromPoint(window.middle.x, window.middle.y);
                          return element.contains(top);
                        })()
                        """
                            .formatted(TextNode.valueOf(selector)))
                    .asBoolean());
    var middle = evaluate("window.middle");
    for (var event : List.of("mousePressed", "mouseReleased")) {
      send(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              event,
              "x",
              middle.path("x").asDouble(),
              "y",
              middle.path("y").asDouble(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** Types where the last click was. */
  public void type(String text) {
    send("Input.insertText", Map.of("text", text));
  }

  /** The text of the element as soon as there is some. */
  public String text(String selector) {
    var expression =
        "document.querySelector(%s)?.textContent ?? \"\"".formatted(TextNode.valueOf(selector));
    return await(selector)
        .atMost(PATIENCE)
        .until(() -> evaluate(expression).asText(), text -> !text.isBlank());
  }

  /** A property as the style sheets make it. */
  public String style(String selector, String property) {
    return evaluate(
            "getComputedStyle(document.querySelector(%s)).getPropertyValue(%s)"
                .formatted(TextNode.valueOf(selector), TextNode.valueOf(property)))
        .asText();
  }

  /** What a script would see; only to look, as it is bound by no policy of the page. */
  private JsonNode evaluate(String expression) {
    var result = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    return result.path("result").path("value");
  }

  /** Every address that was asked for. */
  public List<String> requests() {
    return events("Network.requestWillBeSent")
        .map(event -> event.path("request").path("url").asText())
        .toList();
  }

  /** What the browser complains of: refused by a policy, failed, thrown. */
  public List<String> complaints() {
    return Stream.of("Audits.issueAdded", "Log.entryAdded", "Runtime.exceptionThrown")
        .flatMap(this::events)
        .map(JsonNode::toString)
        .filter(complaint -> !complaint.contains(ADVICE))
        .toList();
  }

  private Stream<JsonNode> events(String method) {
    return devTools.events().stream()
        .filter(event -> event.path("sessionId").asText().equals(session))
        .filter(event -> event.path("method").asText().equals(method))
        .map(event -> event.path("params"));
  }
}
