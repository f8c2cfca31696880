package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemHandlers;
import io.userservice.adapter.http.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpException;

/** Reads bodies within bounds of size and time. */
final class RequestBody {
  /** Most octets of a body. */
  static final int MAX_BYTES = 1 << 20;

  /** A client may be slow, but not for ever; a single read is bounded by the idle timeout. */
  private static final Duration MAX_TIME = Duration.ofSeconds(30);

  /** Most octets of a body that is read though nobody wants it, to keep the connection. */
  private static final int SMALL = 64 * 1024;

  /** What is still read after an answer that didn't want the body. */
  private static final long MAX_DRAINED_BYTES = 16L << 20;

  /** How long such a body is waited for, in all and (once more) for its next octet. */
  private static final Duration MAX_DRAINING = Duration.ofSeconds(2);

  private static final int CHUNK = 8 * 1024;

  private RequestBody() {}

  /**
   * Reads the whole body.
   *
   * @param arrived is told how many octets have arrived, again and again
   */
  static byte[] read(HttpServletRequest request, IntConsumer arrived) {
    var announced = request.getContentLengthLong();
    if (announced > MAX_BYTES) {
      throw tooLarge();
    }
    // What is only announced gets no room yet: it may never come.
    var body = new ByteArrayOutputStream(Math.clamp(announced, 256, CHUNK));
    try {
      copy(request, arrived, body);
      return body.toByteArray();
    } catch (IOException e) {
      throw broken(e).raised();
    }
  }

  private static void copy(
      HttpServletRequest request, IntConsumer arrived, ByteArrayOutputStream body)
      throws IOException {
    var end = System.nanoTime() + MAX_TIME.toNanos();
    var in = request.getInputStream();
    var announced = request.getContentLength();
    // One octet more than announced, for the read that finds the end.
    var chunk = new byte[announced > 0 ? Math.min(announced + 1, CHUNK) : CHUNK];
    var size = 0;
    for (var count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      size += count;
      if (size > MAX_BYTES) {
        throw tooLarge();
      }
      if (System.nanoTime() - end > 0) {
        throw Problem.of(ProblemType.REQUEST_TIMEOUT, "the body didn't arrive in time").raised();
      }
      arrived.accept(size);
      body.write(chunk, 0, count);
    }
  }

  /**
   * Reads a small body that nobody wants, so that the connection can serve the next request. The
   * body may arrive after the headers; were the answer sent before it, the web server would close
   * the connection without having said so.
   *
   * @return whether the body was small and has come to its end
   */
  static boolean skipSmall(HttpServletRequest request) {
    var announced = request.getContentLengthLong();
    if (announced < 0 || announced > SMALL) {
      return false;
    }
    try {
      return discard(request, SMALL);
    } catch (IOException _) {
      return false; // Too slow or gone: the answer is as it was, and the connection ends with it.
    }
  }

  /**
   * Reads on for a while after the answer was sent: closing a connection on which the client still
   * sends would reset it, and the client might never see the answer (RFC 9112 section 9.6).
   */
  static void drain(HttpServletRequest request) throws IOException {
    discard(request, MAX_DRAINED_BYTES);
  }

  /** Whether the body came to its end; no read waits as long as for a body that is wanted. */
  private static boolean discard(HttpServletRequest request, long most) throws IOException {
    var endPoint =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    var patience = endPoint.getIdleTimeout();
    endPoint.setIdleTimeout(Math.min(patience, MAX_DRAINING.toMillis()));
    try {
      return discard(request.getInputStream(), most);
    } finally {
      endPoint.setIdleTimeout(patience);
    }
  }

  private static boolean discard(InputStream in, long most) throws IOException {
    var end = System.nanoTime() + MAX_DRAINING.toNanos();
    var chunk = new byte[CHUNK];
    var discarded = 0L;
    while (discarded <= most && System.nanoTime() - end < 0) {
      var count = in.read(chunk);
      if (count < 0) {
        return true;
      }
      discarded += count;
    }
    return false;
  }

  private static Problem broken(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException) {
        return Problem.of(ProblemType.REQUEST_TIMEOUT, "the body didn't arrive in time");
      }
      if (cause instanceof HttpException refused) {
        return ProblemHandlers.ofStatus(refused.getCode());
      }
    }
    return Problem.of(ProblemType.MALFORMED_REQUEST, "the body ended early");
  }

  private static Problem.Raised tooLarge() {
    return Problem.of(
            ProblemType.CONTENT_TOO_LARGE, "a body has at most %d bytes".formatted(MAX_BYTES))
        .raised();
  }
}
