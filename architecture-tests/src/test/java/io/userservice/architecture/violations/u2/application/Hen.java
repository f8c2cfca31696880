package io.userservice.architecture.violations.u2.application;

record Hen(Egg egg) {}
