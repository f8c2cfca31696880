package io.userservice.adapter.http;

import io.javalin.config.JavalinConfig;
import io.userservice.adapter.http.HttpApi.Options;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** Jetty as we want it: bounded, silent about itself, and stopping gracefully. */
final class WebServer {
  /** A bearer token of a large organisation has a few KiB; all headers together get this. */
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** Connections; of more at a time some end without an answer. Java's own choice is 50. */
  private static final int WAITING_FOR_ACCEPTANCE = 1_024;

  /**
   * Octets of memory for each connection, and so for each request at a time; more of them wait to
   * be accepted. While its client sends the head or the body slowly, one takes up to a third of it.
   * Jetty's own choice, 200 requests, would let as many slow clients keep out all others; and any
   * number of connections, that unfinished heads take all memory.
   */
  private static final int BYTES_PER_CONNECTION = 128 * 1024;

  /** How long a connection may be silent when there are as many as there may be. */
  private static final Duration IDLE_WHEN_FULL = Duration.ofSeconds(5);

  /**
   * What RFC 3986 allows but other servers' file systems read in two ways: here it is an address
   * like any other, with nothing behind it.
   */
  private static final UriCompliance ADDRESSES =
      UriCompliance.DEFAULT.with(
          "ADDRESSES",
          Violation.AMBIGUOUS_EMPTY_SEGMENT,
          Violation.AMBIGUOUS_PATH_ENCODING,
          Violation.AMBIGUOUS_PATH_PARAMETER,
          Violation.AMBIGUOUS_PATH_SEGMENT,
          Violation.AMBIGUOUS_PATH_SEPARATOR);

  /**
   * Who names a host in the address and another in the header means the first (RFC 9112 section
   * 3.2.2). No answer depends on either.
   */
  private static final HttpCompliance MESSAGES =
      HttpCompliance.RFC9110.with("MESSAGES", HttpCompliance.Violation.MISMATCHED_AUTHORITY);

  /**
   * How many references a cache line of 64 bytes holds. Jetty asks the JVM's management for what
   * they measure, which makes all of its beans first: a sixth of a start.
   */
  private static final String REFERENCES = "org.eclipse.jetty.util.referencesPerCacheLine";

  static {
    System.setProperty(REFERENCES, "16");
  }

  private final Options options;
  private final ErrorReplies errors;

  WebServer(Options options, Dispatcher dispatcher) {
    this.options = options;
    this.errors = new ErrorReplies(dispatcher);
  }

  void configure(JavalinConfig config) {
    config.jetty.threadPool = threads();
    config.jetty.modifyServer(this::server);
    config.jetty.modifyServletContextHandler(this::context);
    config.jetty.modifyHttpConfiguration(WebServer::http);
    config.jetty.addConnector(this::connector);
  }

  /** Requests run on virtual threads; the few that wait for sockets do not, as they pin. */
  static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool();
    threads.setName("http");
    threads.setVirtualThreadsExecutor(new VirtualThreadPool(mostAtOnce()));
    return threads;
  }

  private static int mostAtOnce() {
    return (int)
        Math.min(Runtime.getRuntime().maxMemory() / BYTES_PER_CONNECTION, Integer.MAX_VALUE);
  }

  private static NetworkConnectionLimit connections(Server server) {
    var limit = new NetworkConnectionLimit(mostAtOnce(), server);
    limit.setEndPointIdleTimeout(IDLE_WHEN_FULL.toMillis());
    return limit;
  }

  private void server(Server server) {
    server.setStopTimeout(options.stopTimeout().toMillis());
    server.setErrorHandler(errors);
    server.addBean(connections(server));
  }

  private void context(ServletContextHandler context) {
    context.setErrorHandler(errors);
    context.setProtectedTargets(new String[0]);
    context.getServletHandler().setDecodeAmbiguousURIs(true);
  }

  /**
   * No cache of headers: for each connection it would take 98 KB of the heap, and it takes what
   * differs in upper and lower case only for the same, tokens included.
   */
  private static void http(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setHeaderCacheSize(0);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setMaxResponseHeaderSize(3 * MAX_HEADER_BYTES); // a query comes back percent-encoded
    http.setUriCompliance(ADDRESSES);
    http.setHttpCompliance(MESSAGES);
    http.addCustomizer(new OwnMethod());
  }

  private Connector connector(Server server, HttpConfiguration http) {
    var connector =
        new ServerConnector(server, new BoundedConnections(http, options.idleTimeout()));
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(options.idleTimeout().toMillis());
    connector.setAcceptQueueSize(WAITING_FOR_ACCEPTANCE);
    // Of the time to stop, who keeps a connection and asks for nothing gets a part.
    connector.setShutdownIdleTimeout(Math.max(1, options.stopTimeout().toMillis() / 4));
    return connector;
  }
}
