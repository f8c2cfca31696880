package io.userservice.adapter.http;

import static io.userservice.adapter.http.Route.Access.OPEN;

import io.userservice.adapter.http.docs.Content;
import io.userservice.adapter.http.docs.Documentation;
import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemHandlers;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.application.driving.EventType;
import java.util.List;

/** The documentation: what never changes while the service runs; needs no token. */
final class DocsRoutes {
  /** To be asked for anew each time: another release may answer the next time. */
  private static final String REVALIDATE = "no-cache";

  /** Has its content in its address. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** All parts of the page are ours, and it asks no one else; pictures are in its style sheet. */
  private static final PageSecurity SECURITY =
      new PageSecurity(
          "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'");

  private final Documentation documentation;

  DocsRoutes(Documentation documentation) {
    this.documentation = documentation;
  }

  List<Route> table() {
    return List.of(
        Route.get("/openapi.yaml", OPEN, asked -> reply(asked, documentation.yaml(), REVALIDATE)),
        Route.get("/openapi.json", OPEN, asked -> reply(asked, documentation.json(), REVALIDATE)),
        Route.get(
            "/asyncapi.yaml",
            OPEN,
            asked -> reply(asked, documentation.asyncApiYaml(), REVALIDATE)),
        Route.get(
            "/asyncapi.json",
            OPEN,
            asked -> reply(asked, documentation.asyncApiJson(), REVALIDATE)),
        Route.get("/schemas/{event}.json", OPEN, this::schema),
        Route.get("/docs", OPEN, this::page),
        Route.get("/docs/{edition}/{file}", OPEN, this::part));
  }

  private Reply schema(Exchange exchange) {
    return EventType.of(exchange.pathParameter("event"))
        .map(type -> reply(exchange, documentation.schema(type), REVALIDATE))
        .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "there is no such event").raised());
  }

  private Reply page(Exchange exchange) {
    return SECURITY.protect(reply(exchange, documentation.page(), REVALIDATE));
  }

  private Reply part(Exchange exchange) {
    var edition = exchange.pathParameter("edition");
    var file = exchange.pathParameter("file");
    return documentation
        .part(edition, file)
        .map(content -> reply(exchange, content, FOR_EVER))
        .orElseThrow(() -> ProblemHandlers.ofStatus(404).raised());
  }

  private static Reply reply(Exchange exchange, Content content, String caching) {
    var isGzip = MediaTypes.acceptsGzip(exchange.headers("Accept-Encoding"));
    var tag = "\"" + content.digest() + (isGzip ? "-gzip" : "") + "\"";
    var bytes = isGzip ? content.gzipped() : content.plain();
    var reply =
        Preconditions.noneMatchFails(exchange.headers("If-None-Match"), tag)
            ? Reply.empty(304)
            : encoded(Reply.bytes(content.type(), bytes), isGzip);
    return reply.with("ETag", tag).with("Cache-Control", caching).with("Vary", "Accept-Encoding");
  }

  private static Reply encoded(Reply reply, boolean isGzip) {
    return isGzip ? reply.with("Content-Encoding", "gzip") : reply;
  }
}
