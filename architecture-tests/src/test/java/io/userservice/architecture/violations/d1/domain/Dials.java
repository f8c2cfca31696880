package io.userservice.architecture.violations.d1.domain;

import java.io.FileWriter;
import java.io.IOException;
import java.lang.foreign.Linker;
import java.net.IDN;
import java.net.Socket;
import java.text.Normalizer;

/** Of the packages that have a table for names, another class. */
final class Dials {
  void dial(String host) throws IOException {
    new Socket(host, 80).close();
  }

  void write(String file) throws IOException {
    new FileWriter(file).close();
  }

  void callForeign(String name) {
    Linker.nativeLinker().defaultLookup().find(name);
  }

  String canonical(String name) {
    return Normalizer.normalize(IDN.toASCII(name), Normalizer.Form.NFC);
  }
}
