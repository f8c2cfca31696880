package io.userservice.architecture.violations.h2_no_cycles.two;

import io.userservice.architecture.violations.h2_no_cycles.one.One;

public record Two(One one) {}
