package io.userservice.bootstrap;

/** One change of one user, as an event tells it. */
record Change(String user, long version) {}
