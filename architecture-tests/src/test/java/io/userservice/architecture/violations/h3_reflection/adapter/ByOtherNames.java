package io.userservice.architecture.violations.h3_reflection.adapter;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.ServiceLoader;

final class ByOtherNames {
  Class<?> load(String name) throws ClassNotFoundException {
    return ByOtherNames.class.getClassLoader().loadClass(name);
  }

  Iterable<Runnable> services() {
    return ServiceLoader.load(Runnable.class);
  }

  Object read(ObjectInputStream in) throws IOException, ClassNotFoundException {
    return in.readObject();
  }
}
