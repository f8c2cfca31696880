package io.userservice.architecture.violations.p4.application.driven;

public abstract class StoreContract {}
