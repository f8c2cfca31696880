package io.userservice.architecture.violations.h2.one;

import io.userservice.architecture.violations.h2.two.Two;

public record One(Two two) {}
