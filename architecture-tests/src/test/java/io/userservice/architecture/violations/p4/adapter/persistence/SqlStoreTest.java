package io.userservice.architecture.violations.p4.adapter.persistence;

/** Has the right name, and extends nothing. */
final class SqlStoreTest {}
