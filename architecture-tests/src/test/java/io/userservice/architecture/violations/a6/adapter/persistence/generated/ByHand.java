package io.userservice.architecture.violations.a6.adapter.persistence.generated;

final class ByHand {}
