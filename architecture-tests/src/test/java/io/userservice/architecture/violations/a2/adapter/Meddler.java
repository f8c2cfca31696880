package io.userservice.architecture.violations.a2.adapter;

import io.userservice.architecture.violations.a2.application.delivery.Loop;

record Meddler(Loop loop) {}
