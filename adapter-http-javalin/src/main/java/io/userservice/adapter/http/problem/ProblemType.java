package io.userservice.adapter.http.problem;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of errors that a client can meet. Each has a page of its own, to which the problem's
 * {@code type} points (RFC 9457 section 3.1.1).
 */
public enum ProblemType {
  MALFORMED_REQUEST(
      "malformed-request",
      400,
      "The request could not be read",
      "The request is not well-formed HTTP, or a header, the query string or the body can't be"
          + " read at all. The detail says where. Sending it again unchanged won't help."),
  INVALID_REQUEST(
      "invalid-request",
      400,
      "The request is not valid",
      "The request can be read, but something in it isn't accepted. The member errors lists all"
          + " that was found: where (a JSON Pointer into the body, or a query parameter), a"
          + " stable code for programs, and a sentence for people."),
  UNAUTHORIZED(
      "unauthorized",
      401,
      "A valid access token is needed",
      "The request carries no bearer token, or one that isn't accepted: its signature, its time,"
          + " its issuer, its audience or its tenant isn't as demanded."),
  INSUFFICIENT_SCOPE(
      "insufficient-scope",
      403,
      "The access token doesn't allow this",
      "The token is valid but lacks the scope that this request needs; WWW-Authenticate names it."),
  NOT_FOUND(
      "not-found",
      404,
      "There is no such resource",
      "Nothing is here for the tenant of the token. Whether something was here, or is here for"
          + " another tenant, is not told."),
  METHOD_NOT_ALLOWED(
      "method-not-allowed",
      405,
      "The resource doesn't know this method",
      "The header Allow lists the methods that the resource knows."),
  NOT_ACCEPTABLE(
      "not-acceptable",
      406,
      "The answer can't be given in an accepted format",
      "The header Accept excludes every format that the resource has. Nothing was changed."),
  REQUEST_TIMEOUT(
      "request-timeout",
      408,
      "The request came too slowly",
      "The body didn't arrive in time. Nothing was changed."),
  EMAIL_TAKEN(
      "email-taken",
      409,
      "The e-mail address is taken",
      "Another living user of the tenant has this e-mail address; letter case aside, an address"
          + " belongs to one user."),
  NOT_DELETED(
      "not-deleted",
      409,
      "The user is not deleted",
      "Only a deleted user can be restored; this one lives."),
  IDEMPOTENCY_KEY_BUSY(
      "idempotency-key-busy",
      409,
      "A request with this idempotency key is still at work",
      "The first request with this Idempotency-Key has not been answered yet. Send the same"
          + " request again after the time in Retry-After."),
  PRECONDITION_FAILED(
      "precondition-failed",
      412,
      "A precondition isn't met",
      "The user is at a version that If-Match or If-None-Match doesn't allow; mostly because"
          + " somebody else has changed it. Read it again, and repeat the change on what you then"
          + " see."),
  CONTENT_TOO_LARGE(
      "content-too-large",
      413,
      "The body is too large",
      "A body may have at most 1 MiB. Nothing was changed."),
  URI_TOO_LONG(
      "uri-too-long", 414, "The address is too long", "The address of the request is too long."),
  UNSUPPORTED_MEDIA_TYPE(
      "unsupported-media-type",
      415,
      "The body has a format that isn't accepted",
      "The headers Accept and Accept-Patch of the answer name the accepted formats. Bodies are"
          + " JSON in UTF-8, not compressed."),
  EXPECTATION_FAILED(
      "expectation-failed",
      417,
      "The expectation can't be met",
      "The header Expect asks for something else than 100-continue."),
  IDEMPOTENCY_KEY_REUSED(
      "idempotency-key-reused",
      422,
      "The idempotency key was used for another request",
      "Within 24 hours an Idempotency-Key stands for one request. Use a new key for a new one."),
  HEADERS_TOO_LARGE(
      "headers-too-large",
      431,
      "The headers are too large",
      "All headers of a request together may have at most 16 KiB, and there may be 100 of them."),
  INTERNAL_ERROR(
      "internal-error",
      500,
      "Something went wrong here",
      "A fault of the service, not of the request. The header X-Request-Id names the request in"
          + " the service's log."),
  UNAVAILABLE(
      "unavailable",
      503,
      "The service can't answer now",
      "Something that the service depends on is away, or large bodies and answers have taken their"
          + " part of the memory. A change may or may not have happened; with an Idempotency-Key or"
          + " an If-Match it is safe to send the request again after the time in Retry-After.");

  private final String slug;
  private final int status;
  private final String title;
  private final String explanation;

  ProblemType(String slug, int status, String title, String explanation) {
    this.slug = slug;
    this.status = status;
    this.title = title;
    this.explanation = explanation;
  }

  /** The type with that page. */
  public static Optional<ProblemType> ofSlug(String slug) {
    return Arrays.stream(values()).filter(type -> type.slug.equals(slug)).findFirst();
  }

  /** The last segment of the address of the type's page. */
  public String slug() {
    return slug;
  }

  /** The address of the type's page, relative to the service's origin. */
  public String uri() {
    return "/problems/" + slug;
  }

  public int status() {
    return status;
  }

  /** The same short sentence in every occurrence. */
  public String title() {
    return title;
  }

  /** What the type's page says. */
  public String explanation() {
    return explanation;
  }
}
