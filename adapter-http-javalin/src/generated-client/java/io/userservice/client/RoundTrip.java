package io.userservice.client;

import io.userservice.client.api.EventsApi;
import io.userservice.client.api.UsersApi;
import io.userservice.client.model.NewUser;
import io.userservice.client.model.UserPatch;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What a user of the generated client writes: compiled with it, given the service's address and a
 * token, answers what it saw.
 */
public final class RoundTrip implements BiFunction<URI, String, List<String>> {
  private final List<String> seen = new ArrayList<>();

  @Override
  public List<String> apply(URI service, String token) {
    var client = new ApiClient();
    client.updateBaseUri(service.toString());
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    try {
      walk(new UsersApi(client), new EventsApi(client));
    } catch (ApiException e) {
      throw new IllegalStateException(e.getCode() + " " + e.getResponseBody(), e);
    }
    return seen;
  }

  private void walk(UsersApi users, EventsApi events) throws ApiException {
    var ana = new NewUser().email("ana@example.org").name("Ana").attributes(Map.of("team", "blue"));
    var created = users.createUserWithHttpInfo(ana, "k", null, null);
    var user = created.getData();
    see("created", user.getName(), user.getVersion(), user.getAttributes());

    var tag = created.getHeaders().get("etag").getFirst();
    var renamed =
        users.updateUser(user.getId(), new UserPatch().name("Ana M."), tag, null, null, null);
    see("patched", renamed.getName(), renamed.getVersion(), renamed.getAttributes());
    var reset = new UserPatch().attributes(null);
    see("reset", users.updateUser(user.getId(), reset, null, null, null, null).getAttributes());
    try {
      users.updateUser(user.getId(), new UserPatch().name("Bea"), tag, null, null, null);
    } catch (ApiException e) {
      see("refused", e.getCode());
    }

    var page = users.listUsers(10, null, null, null, "ana", null, null, null, "name", null, null);
    page.getItems()
        .forEach(found -> see("listed", found.getEmail(), found.getId().equals(user.getId())));
    see("end", String.valueOf(page.getNextCursor()));

    users.deleteUser(user.getId(), null, null, null, null);
    try {
      users.getUser(user.getId(), null, null, null, null);
    } catch (ApiException e) {
      see("gone", e.getCode());
    }
    events
        .getHistory(user.getId(), null, null, null, null)
        .getItems()
        .forEach(entry -> see(entry.getType().getValue(), entry.getActor()));
    events
        .listChanges(null, null, null, null)
        .getItems()
        .forEach(event -> see("published", event.getActualInstance().getClass().getSimpleName()));
  }

  private void see(Object... things) {
    seen.add(String.join(" ", Stream.of(things).map(String::valueOf).toList()));
  }
}
