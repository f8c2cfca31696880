package io.userservice.architecture.violations.h1.util;

final class Things {}
