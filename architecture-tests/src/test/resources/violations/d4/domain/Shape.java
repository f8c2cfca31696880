package io.userservice.architecture.violations.d4.domain;

import io.userservice.architecture.violations.d4.elsewhere.Circle;

public sealed interface Shape permits Circle {}
