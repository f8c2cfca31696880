package io.userservice.architecture.violations.h2_no_cycles.one;

import io.userservice.architecture.violations.h2_no_cycles.two.Two;

public record One(Two two) {}
