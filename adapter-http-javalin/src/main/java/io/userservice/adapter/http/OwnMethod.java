package io.userservice.adapter.http;

import io.javalin.http.Header;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * A request has the method in its first line, and no other. Javalin takes another one out of a
 * header when that is there: by a GET, which a gateway lets pass as safe (RFC 9110 section 9.2.1),
 * a user could be deleted.
 */
final class OwnMethod implements HttpConfiguration.Customizer {
  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    if (!request.getHeaders().contains(Header.X_HTTP_METHOD_OVERRIDE)) {
      return request;
    }
    var headers = HttpFields.build(request.getHeaders());
    headers.remove(Header.X_HTTP_METHOD_OVERRIDE);
    var remaining = headers.asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return remaining;
      }
    };
  }
}
