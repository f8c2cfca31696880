package com.example.signup.adapter.users;

import io.userservice.application.driven.UserStore;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.UserStoreContract;

/** The suite of the port on our adapter: forget to forget, and half of it is red. */
final class RememberingUserStoreTest extends UserStoreContract {
  @Override
  protected PersistenceFixture fixture() {
    return new DecoratedPersistence(new InMemoryPersistenceFixture()) {
      private UserStore users = new RememberingUserStore(inner.users());

      @Override
      public UserStore users() {
        return users;
      }

      @Override
      public void restart() {
        inner.restart();
        users = new RememberingUserStore(inner.users());
      }
    };
  }
}
