package io.userservice.architecture.violations.h3_chance.adapter;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

final class OtherDice {
  void shuffle(List<String> cards) {
    Collections.shuffle(cards);
  }

  double roll() {
    return StrictMath.random();
  }

  SecureRandom strong() throws NoSuchAlgorithmException {
    return SecureRandom.getInstanceStrong();
  }

  SecretKey key() throws NoSuchAlgorithmException {
    return KeyGenerator.getInstance("AES").generateKey();
  }

  RandomGenerator named() {
    return RandomGeneratorFactory.getDefault().create();
  }
}
