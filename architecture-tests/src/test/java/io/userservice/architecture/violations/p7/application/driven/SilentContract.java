package io.userservice.architecture.violations.p7.application.driven;

abstract class SilentContract {}
