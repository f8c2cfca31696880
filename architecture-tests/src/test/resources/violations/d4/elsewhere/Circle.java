package io.userservice.architecture.violations.d4.elsewhere;

import io.userservice.architecture.violations.d4.domain.Shape;

public record Circle() implements Shape {}
