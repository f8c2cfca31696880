package io.userservice.adapter.http;

import static io.userservice.adapter.http.QueryParameters.violation;
import static io.userservice.adapter.http.Route.Access.READ;

import io.userservice.adapter.http.problem.Problem;
import io.userservice.application.driving.Caller;
import io.userservice.application.driving.Page;
import io.userservice.application.driving.Position;
import io.userservice.application.driving.ReadEvents;
import io.userservice.application.driving.ReadEvents.Feed;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.Version;
import io.userservice.domain.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What happened: to one user, newest first; to all of a tenant, in the order of publication. */
final class EventRoutes {
  private final ReadEvents events;
  private final CursorCodec cursors;
  private final PageRoom pages;

  EventRoutes(ReadEvents events, CursorCodec cursors, PageRoom pages) {
    this.events = events;
    this.cursors = cursors;
    this.pages = pages;
  }

  List<Route> table() {
    return List.of(
        Route.get("/users/{id}/history", READ, this::history),
        Route.get("/changes", READ, this::changes));
  }

  private Reply history(Exchange exchange) {
    exchange.demandAcceptsJson();
    var caller = exchange.caller();
    var id = UserRoutes.id(exchange);
    var parameters = exchange.query();
    var found = new ArrayList<Violation>();
    parameters.check(Set.of("limit", "cursor"), Set.of(), found);
    var limit = Limits.of(parameters, found);
    var before =
        place("cursor", parameters, found, text -> cursors.history(caller.tenant(), id, text));
    demandNothing(found);
    return pages.ofEvents(
        limit,
        () -> {
          var page =
              events.history(caller, id, before, limit).orElseThrow(() -> UserRoutes.notFound());
          return history(exchange.path(), caller, id, parameters, page);
        });
  }

  private Reply history(
      String path,
      Caller caller,
      UserId id,
      QueryParameters parameters,
      Page<RecordedEvent, Version> page) {
    var next = page.next().map(place -> cursors.history(caller.tenant(), id, place));
    var reply = Reply.json(200, JsonOut.page(page.items(), EventJson::writeChange, next));
    return next.map(cursor -> reply.with("Link", Links.next(path, parameters, "cursor", cursor)))
        .orElse(reply);
  }

  private Reply changes(Exchange exchange) {
    exchange.demandAcceptsJson();
    var caller = exchange.caller();
    var parameters = exchange.query();
    var found = new ArrayList<Violation>();
    parameters.check(Set.of("limit", "after"), Set.of(), found);
    var limit = Limits.of(parameters, found);
    var after = place("after", parameters, found, text -> cursors.changes(caller.tenant(), text));
    demandNothing(found);
    return pages.ofEvents(
        limit,
        () ->
            changes(
                caller, parameters, events.changes(caller, after.orElse(Position.START), limit)));
  }

  private Reply changes(Caller caller, QueryParameters parameters, Feed feed) {
    var next = cursors.changes(caller.tenant(), feed.next());
    return Reply.json(200, JsonOut.page(feed.events(), EventJson::writeEvent, Optional.of(next)))
        .with("Link", Links.next("/changes", parameters, "after", next));
  }

  /** Reads a cursor. */
  @FunctionalInterface
  private interface Reading<P> {
    Optional<P> of(String cursor);
  }

  private static <P> Optional<P> place(
      String name, QueryParameters parameters, List<Violation> found, Reading<P> reading) {
    var cursor = parameters.first(name);
    var place = cursor.flatMap(reading::of);
    if (cursor.isPresent() && place.isEmpty()) {
      found.add(
          violation(
              name, "invalid_cursor", "not a cursor of this list; go on with its nextCursor"));
    }
    return place;
  }

  private static void demandNothing(List<Violation> found) {
    if (!found.isEmpty()) {
      throw Problem.invalid(found).raised();
    }
  }
}
