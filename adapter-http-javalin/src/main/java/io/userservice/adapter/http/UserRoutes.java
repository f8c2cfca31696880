package io.userservice.adapter.http;

import static io.userservice.adapter.http.Route.Access.READ;
import static io.userservice.adapter.http.Route.Access.WRITE;

import io.userservice.adapter.http.BodyRoom.Place;
import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.application.driving.Caller;
import io.userservice.application.driving.ManageUsers;
import io.userservice.application.driving.ManageUsers.Created;
import io.userservice.application.driving.ManageUsers.Deleted;
import io.userservice.application.driving.ManageUsers.EmailTaken;
import io.userservice.application.driving.ManageUsers.KeyBusy;
import io.userservice.application.driving.ManageUsers.KeyReused;
import io.userservice.application.driving.ManageUsers.NotDeleted;
import io.userservice.application.driving.ManageUsers.NotFound;
import io.userservice.application.driving.ManageUsers.Refused;
import io.userservice.application.driving.ManageUsers.Replayed;
import io.userservice.application.driving.ManageUsers.Restored;
import io.userservice.application.driving.ManageUsers.Stale;
import io.userservice.application.driving.ManageUsers.Unchanged;
import io.userservice.application.driving.ManageUsers.Updated;
import io.userservice.application.driving.ReadUsers;
import io.userservice.application.driving.UserQuery;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.Attributes;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserPatch;
import io.userservice.domain.user.UserPatch.AttributesEdit;
import io.userservice.domain.validation.Validated;
import io.userservice.domain.validation.Validated.Invalid;
import io.userservice.domain.validation.Validated.Valid;
import java.util.List;

/** Users: made, read, changed, deleted, brought back. */
final class UserRoutes {
  private static final List<String> NEW_USER = List.of(MediaTypes.JSON);
  private static final List<String> PATCH = List.of(MediaTypes.MERGE_PATCH, MediaTypes.JSON);

  private final ManageUsers manage;
  private final ReadUsers read;
  private final CursorCodec cursors;
  private final PageRoom pages;
  private final BodyRoom bodies = new BodyRoom();

  UserRoutes(ManageUsers manage, ReadUsers read, CursorCodec cursors, PageRoom pages) {
    this.manage = manage;
    this.read = read;
    this.cursors = cursors;
    this.pages = pages;
  }

  List<Route> table() {
    return List.of(
        Route.post("/users", WRITE, this::create),
        Route.get("/users", READ, this::list),
        Route.get("/users/{id}", READ, this::get),
        Route.patch("/users/{id}", WRITE, this::update),
        Route.delete("/users/{id}", WRITE, this::delete),
        Route.post("/users/{id}/restore", WRITE, this::restore));
  }

  private Reply create(Exchange exchange) {
    exchange.demandAcceptsJson();
    Preconditions.of(exchange).demandOfUntagged();
    return exchange.answer(NEW_USER, bodies, (body, place) -> create(exchange, body, place));
  }

  private Reply create(Exchange exchange, byte[] body, Place place) {
    place.work();
    var document = UserDocument.of(JsonCodec.parse(body));
    var profile = valid(document.profile());
    var claim = IdempotencyKeys.claim(exchange.headers("Idempotency-Key"), profile);
    return switch (manage.create(exchange.caller(), profile, claim)) {
      case Created(var user) -> created(user);
      case Replayed(var user) -> created(user).with("Idempotency-Replayed", "true");
      case EmailTaken _ -> throw emailTaken();
      case KeyReused _ ->
          throw Problem.of(
                  ProblemType.IDEMPOTENCY_KEY_REUSED,
                  "the Idempotency-Key was used for another request")
              .raised();
      case KeyBusy _ ->
          throw Problem.of(
                  ProblemType.IDEMPOTENCY_KEY_BUSY,
                  "a request with this Idempotency-Key is still at work")
              .with("Retry-After", "1")
              .raised();
    };
  }

  private Reply list(Exchange exchange) {
    exchange.demandAcceptsJson();
    var caller = exchange.caller();
    var parameters = exchange.query();
    var query = UserListQuery.of(parameters, caller.tenant(), cursors);
    return pages.ofUsers(query.limit(), () -> list(caller, parameters, query));
  }

  private Reply list(Caller caller, QueryParameters parameters, UserQuery query) {
    var page = read.list(caller, query);
    var next =
        page.next()
            .map(place -> cursors.list(caller.tenant(), query.filter(), query.sort(), place));
    var reply = Reply.json(200, JsonOut.page(page.items(), UserJson::write, next));
    return next.map(
            cursor -> reply.with("Link", Links.next("/users", parameters, "cursor", cursor)))
        .orElse(reply);
  }

  private Reply get(Exchange exchange) {
    exchange.demandAcceptsJson();
    var user = read.get(exchange.caller(), id(exchange)).orElseThrow(UserRoutes::notFound);
    var preconditions = Preconditions.ofRead(exchange);
    if (!preconditions.demanded().matches(user.version())) {
      throw preconditions.failure().raised();
    }
    var ifNoneMatch = exchange.headers("If-None-Match");
    return Preconditions.noneMatchFails(ifNoneMatch, Preconditions.tag(user.version()))
        ? patchable(Reply.empty(304).with("Cache-Control", Reply.REVALIDATE), user)
        : user(user);
  }

  private Reply update(Exchange exchange) {
    exchange.demandAcceptsJson();
    var id = id(exchange);
    return exchange.answer(
        PATCH, bodies, (body, place) -> update(exchange, id, patch(body, place)));
  }

  /** Stored attributes are worked on as values too, however small the body is. */
  private static UserPatch patch(byte[] body, Place place) {
    if (place.isLarge()) {
      place.workWith(Attributes.MAX_BYTES);
    }
    var patch = valid(UserDocument.of(JsonCodec.parse(body)).patch());
    if (patch.attributes() instanceof AttributesEdit.Merge) {
      place.workWith(Attributes.MAX_BYTES);
    }
    return patch;
  }

  private Reply update(Exchange exchange, UserId id, UserPatch patch) {
    var preconditions = Preconditions.of(exchange);
    return switch (manage.update(exchange.caller(), id, patch, preconditions.demanded())) {
      case Updated(var user) -> user(user);
      case Unchanged(var user) -> user(user);
      case Refused(var violations) -> throw Problem.invalid(violations).raised();
      case NotFound _ -> throw notFound();
      case Stale _ -> throw preconditions.failure().raised();
      case EmailTaken _ -> throw emailTaken();
    };
  }

  private Reply delete(Exchange exchange) {
    var id = id(exchange);
    var preconditions = Preconditions.of(exchange);
    return switch (manage.delete(exchange.caller(), id, preconditions.demanded())) {
      case Deleted _ -> Reply.empty(204);
      case NotFound _ -> throw notFound();
      case Stale _ -> throw preconditions.failure().raised();
    };
  }

  private Reply restore(Exchange exchange) {
    exchange.demandAcceptsJson();
    var id = id(exchange);
    var preconditions = Preconditions.of(exchange);
    return switch (manage.restore(exchange.caller(), id, preconditions.demanded())) {
      case Restored(var user) -> elsewhere(200, user);
      case NotDeleted _ ->
          throw preconditions
              .malformed()
              .orElse(Problem.of(ProblemType.NOT_DELETED, "the user is not deleted"))
              .raised();
      case NotFound _ -> throw notFound();
      case Stale _ -> throw preconditions.failure().raised();
      case EmailTaken _ -> throw emailTaken();
    };
  }

  /** The id in the path; what can't be an id is not found, like an id that nobody has. */
  static UserId id(Exchange exchange) {
    return Ids.parse(exchange.pathParameter("id")).orElseThrow(UserRoutes::notFound);
  }

  static Problem.Raised notFound() {
    return Problem.of(ProblemType.NOT_FOUND, "there is no such user").raised();
  }

  private static <T> T valid(Validated<T> input) {
    return switch (input) {
      case Valid<T>(var value) -> value;
      case Invalid<T>(var violations) -> throw Problem.invalid(violations).raised();
    };
  }

  private static Reply created(ActiveUser user) {
    return elsewhere(201, user).with("Location", address(user));
  }

  private static Reply user(ActiveUser user) {
    return patchable(Reply.json(200, UserJson.of(user)), user);
  }

  /** Of a user under its own address: only there can it be patched (RFC 5789 section 3.1). */
  private static Reply patchable(Reply reply, ActiveUser user) {
    return tagged(reply, user).with("Accept-Patch", MediaTypes.ACCEPT_PATCH);
  }

  /** A user that another address answers with: the entity tag is of its own. */
  private static Reply elsewhere(int status, ActiveUser user) {
    return tagged(Reply.json(status, UserJson.of(user)), user)
        .with("Content-Location", address(user));
  }

  private static Reply tagged(Reply reply, ActiveUser user) {
    return reply.with("ETag", Preconditions.tag(user.version()));
  }

  private static String address(ActiveUser user) {
    return "/users/" + user.key().id();
  }

  private static Problem.Raised emailTaken() {
    return Problem.of(
            ProblemType.EMAIL_TAKEN, "another living user of the tenant has this e-mail address")
        .raised();
  }
}
