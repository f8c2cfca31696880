package io.userservice.adapter.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is answered, in the memory until it is sent. A large one is in pieces: in one it would be
 * copied as it grows, and a page of some MB would take three times as much meanwhile.
 */
final class ReplyBody extends OutputStream {
  private static final int FIRST = 512;
  private static final int PIECE = 64 * 1024;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] piece;
  private int used;

  /** To be written into. */
  ReplyBody() {
    this.piece = new byte[FIRST];
  }

  private ReplyBody(byte[] all) {
    this.piece = all;
    this.used = all.length;
  }

  static ReplyBody of(byte[] all) {
    return new ReplyBody(all);
  }

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    var end = offset + count;
    for (var place = offset; place < end; ) {
      if (used == piece.length) {
        grow();
      }
      var some = Math.min(end - place, piece.length - used);
      System.arraycopy(from, place, piece, used, some);
      used += some;
      place += some;
    }
  }

  private void grow() {
    if (piece.length < PIECE) {
      piece = Arrays.copyOf(piece, Math.clamp(2L * piece.length, FIRST, PIECE));
    } else {
      full.add(piece);
      piece = new byte[PIECE];
      used = 0;
    }
  }

  /** In octets. */
  int length() {
    return full.stream().mapToInt(one -> one.length).sum() + used;
  }

  void sendTo(OutputStream out) throws IOException {
    for (var one : full) {
      out.write(one);
    }
    out.write(piece, 0, used);
  }
}
