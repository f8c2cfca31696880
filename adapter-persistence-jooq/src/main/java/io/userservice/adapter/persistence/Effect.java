package io.userservice.adapter.persistence;

/** What became of a change. */
sealed interface Effect {

  /**
   * It is made.
   *
   * @param sequence the place of its event in the log
   * @param isFirstPending whether no event of its user was pending
   */
  record Written(long sequence, boolean isFirstPending) implements Effect {}

  /** Its address or its key is taken, or its user at another version. */
  record NotWritten() implements Effect {}

  /** Another instance is at work with its key. */
  record KeyLocked() implements Effect {}

  /** It isn't written, and is to be tried alone. */
  record Apart() implements Effect {}
}
