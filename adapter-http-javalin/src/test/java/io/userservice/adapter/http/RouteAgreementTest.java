package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.http.Route.Access;
import io.userservice.adapter.http.contract.Contract;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RouteAgreementTest {

  @Test
  void the_document_names_every_route_and_no_other() {
    try (var api = Api.start()) {
      var routes =
          api.routes().stream()
              .map(route -> route.method() + " " + route.path())
              .collect(Collectors.toSet());

      assertThat(Contract.served().operations()).containsExactlyInAnyOrderElementsOf(routes);
    }
  }

  @Test
  void the_document_says_which_routes_need_no_token() {
    try (var api = Api.start()) {
      var open =
          api.routes().stream()
              .filter(route -> route.access() == Access.OPEN)
              .map(route -> route.method() + " " + route.path())
              .collect(Collectors.toSet());

      assertThat(Contract.served().openOperations()).containsExactlyInAnyOrderElementsOf(open);
    }
  }
}
