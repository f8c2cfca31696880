package io.userservice.adapter.http.problem;

/**
 * A request can't be answered now, and may be again soon. Clients are told no more than that; why
 * is for operators.
 */
public final class Unavailable extends Problem.Raised {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String why;

  /** What there is none of, for a label: few, whatever happens. */
  public enum Reason {
    /** The database doesn't answer, or not all who ask it. */
    DATABASE,
    /** As much is under way as there is room for. */
    BUSY,
    /** The keys of tokens couldn't be had. */
    KEYS
  }

  /**
   * @param why a sentence for operators
   */
  public Unavailable(Reason reason, String why) {
    super(ProblemHandlers.unavailable());
    this.reason = reason;
    this.why = why;
  }

  public Reason reason() {
    return reason;
  }

  public String why() {
    return why;
  }
}
