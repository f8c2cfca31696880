package io.userservice.architecture.violations.h2.two;

import io.userservice.architecture.violations.h2.one.One;

public record Two(One one) {}
