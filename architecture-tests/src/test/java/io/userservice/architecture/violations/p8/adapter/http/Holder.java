package io.userservice.architecture.violations.p8.adapter.http;

import io.userservice.architecture.violations.p8.application.driven.Store;

/** Asks nothing of it yet. */
record Holder(Store store) {}
