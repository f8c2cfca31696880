package io.userservice.architecture.violations.a2.adapter;

import io.userservice.architecture.violations.a2.application.assembly.Shelf;

/** Helps itself in a room that nobody thought of when the rule was written. */
record Collector(Shelf shelf) {}
