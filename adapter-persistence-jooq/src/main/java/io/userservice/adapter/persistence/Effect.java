package io.userservice.adapter.persistence;

/** What became of a change. */
enum Effect {
  WRITTEN,
  /** Its address or its key is taken, or its user at another version. */
  NOT_WRITTEN,
  /** Another instance is at work with its key. */
  KEY_LOCKED,
  /** It isn't written, and is to be tried alone. */
  APART
}
