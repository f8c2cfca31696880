package io.userservice.architecture.violations.d2_types.domain;

class Open {}
