package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.http.browser.Browser;
import io.userservice.adapter.http.browser.NeedsBrowser;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@NeedsBrowser
class DocsPageTest {
  private static final String CREATE = "#operations-Users-createUser ";

  @Test
  void a_reader_enters_a_token_creates_a_user_and_sees_the_201() throws IOException {
    try (var api = Api.start();
        var browser = Browser.start()) {
      var origin = "http://127.0.0.1:" + api.port();
      var tab = browser.open();

      tab.visit(origin + "/docs");
      tab.click(".auth-wrapper .authorize");
      tab.click("#auth-bearer-value");
      tab.type(Api.token("acme"));
      tab.click(".auth-btn-wrapper .authorize");
      tab.click(".auth-btn-wrapper .btn-done");
      tab.click(CREATE + ".opblock-summary-control");
      tab.click(CREATE + ".execute");

      assertThat(tab.text(CREATE + ".live-responses-table .response .response-col_status"))
          .startsWith("201");
      assertThat(api.get("/users").json().path("items").findValuesAsText("email"))
          .containsExactly("ana@example.org");
      assertThat(tab.requests())
          .contains(origin + "/docs", origin + "/openapi.json", origin + "/users")
          .allSatisfy(address -> assertThat(address).matches("(data:|" + origin + "/).*"));
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void the_page_of_a_problem_may_use_its_own_style() throws IOException {
    try (var api = Api.start();
        var browser = Browser.start()) {
      var tab = browser.open();

      tab.visit("http://127.0.0.1:" + api.port() + "/problems/not-found");

      assertThat(tab.text("h1")).isEqualTo("There is no such resource");
      assertThat(tab.style("body", "max-width")).isNotEqualTo("none");
      assertThat(tab.requests()).hasSize(1);
      assertThat(tab.complaints()).isEmpty();
    }
  }
}
