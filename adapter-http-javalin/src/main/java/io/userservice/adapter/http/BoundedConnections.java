package io.userservice.adapter.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Connections that bound what is read before anybody can be asked who they are: how many fields the
 * head of a request may have, each of which takes many times of its text, and how long the head may
 * take to arrive. Jetty bounds its octets, and how long nothing of it may come. And they refuse
 * what Jetty overlooks: a body in a coding that nobody would undo (RFC 9112 section 6.1); and
 * ignore what a client of HTTP/1.0 can't mean, the wish for an answer before the answer (RFC 9110
 * section 10.1.1).
 */
final class BoundedConnections extends HttpConnectionFactory {
  static final int MAX_FIELDS = 100;

  private final Duration longest;

  /**
   * @param longest how long the head of a request may take, from its first octet
   */
  BoundedConnections(HttpConfiguration http, Duration longest) {
    super(http);
    this.longest = longest;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    var connection = new BoundedConnection(getHttpConfiguration(), connector, endPoint);
    connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(connection, connector, endPoint);
  }

  private final class BoundedConnection extends HttpConnection {
    /** When the head began that isn't complete yet. */
    private Optional<Long> begun = Optional.empty();

    BoundedConnection(HttpConfiguration http, Connector connector, EndPoint endPoint) {
      super(http, connector, endPoint);
    }

    @Override
    protected RequestHandler newRequestHandler() {
      return new BoundedHead();
    }

    /** Something has arrived. */
    @Override
    public void onFillable() {
      if (begun.filter(begin -> System.nanoTime() - begin > longest.toNanos()).isPresent()) {
        getEndPoint().close(new TimeoutException("the head of a request came too slowly"));
        return;
      }
      super.onFillable();
    }

    private final class BoundedHead extends RequestHandler {
      private int fields;
      private boolean knowsInterimAnswers;

      @Override
      public void startRequest(String method, String uri, HttpVersion version) {
        knowsInterimAnswers = version != HttpVersion.HTTP_1_0;
        super.startRequest(method, uri, version);
      }

      @Override
      public void messageBegin() {
        fields = 0;
        begun = Optional.of(System.nanoTime());
        super.messageBegin();
      }

      @Override
      public void parsedHeader(HttpField field) {
        if (++fields > MAX_FIELDS) {
          throw new HttpException.RuntimeException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
        }
        if (field.getHeader() == HttpHeader.TRANSFER_ENCODING
            && !HttpHeaderValue.CHUNKED.is(field.getValue())) {
          throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400);
        }
        if (field.getHeader() != HttpHeader.EXPECT || knowsInterimAnswers) {
          super.parsedHeader(field);
        }
      }

      @Override
      public boolean headerComplete() {
        begun = Optional.empty();
        return super.headerComplete();
      }

      @Override
      public void badMessage(HttpException failure) {
        begun = Optional.empty();
        super.badMessage(failure);
      }
    }
  }
}
