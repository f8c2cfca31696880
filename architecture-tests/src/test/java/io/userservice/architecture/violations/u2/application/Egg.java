package io.userservice.architecture.violations.u2.application;

record Egg(Hen hen) {}
