package org.gridline.bench.torture;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One connection between server and database: PostgreSQL's protocol, version 3, message by message.
 * Two threads, one for each direction.
 */
final class Talk {
  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;

  /** What only a statement that registers a ticket or moves one on holds. */
  private static final String WRITES = "INSERT INTO ticket_event";

  private final GoBetween between;
  private final DataInputStream questions;
  private final OutputStream toDatabase;
  private final DataInputStream answers;
  private final OutputStream toServer;
  private final Map<String, Boolean> statements = new HashMap<>();

  /** The answer that comes next is not passed on, and the connection ends with it. */
  private volatile boolean swallow;

  /** The answer that comes next tells the time. */
  private volatile boolean timeAsked;

  Talk(GoBetween between, Socket server, Socket there) throws IOException {
    this.between = between;
    this.questions =
        new DataInputStream(new BufferedInputStream(server.getInputStream(), 64 * 1024));
    this.toDatabase = new BufferedOutputStream(there.getOutputStream(), 64 * 1024);
    this.answers = new DataInputStream(new BufferedInputStream(there.getInputStream(), 64 * 1024));
    this.toServer = new BufferedOutputStream(server.getOutputStream(), 64 * 1024);
  }

  /** From the server to the database, until either ends. */
  void questions() throws IOException {
    greet();
    ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    boolean writes = false;
    for (int type = questions.read(); type >= 0; type = questions.read()) {
      byte[] message = GoBetween.message(type, questions);
      waiting.write(message);
      switch (type) {
        case 'P' -> note(message);
        case 'B' -> writes |= statements.getOrDefault(bound(message), false);
        case 'Q' -> timeAsked = text(message, 5).contains("clock_timestamp()");
        default -> {}
      }
      // What a Sync will follow waits for it.
      if (type == 'P' || type == 'B' || type == 'D' || type == 'E' || type == 'C') continue;
      if (writes && between.takes()) {
        if (!cut(waiting)) return;
      } else {
        forward(waiting);
      }
      writes = false;
    }
  }

  /** False when the connection is over. */
  private boolean cut(ByteArrayOutputStream waiting) throws IOException {
    return switch (between.manner()) {
      case BEFORE -> false;
      case SENT -> {
        forward(waiting);
        yield false;
      }
      case ANSWERED -> {
        swallow = true;
        forward(waiting);
        yield true;
      }
    };
  }

  private void forward(ByteArrayOutputStream waiting) throws IOException {
    waiting.writeTo(toDatabase);
    toDatabase.flush();
    waiting.reset();
  }

  /** Until the first message with a type: whether to encrypt, then who one is. */
  private void greet() throws IOException {
    while (true) {
      int length = questions.readInt();
      byte[] rest = new byte[length - 4];
      questions.readFully(rest);
      int code =
          (rest[0] & 255) << 24 | (rest[1] & 255) << 16 | (rest[2] & 255) << 8 | (rest[3] & 255);
      java.io.DataOutputStream out = new java.io.DataOutputStream(toDatabase);
      out.writeInt(length);
      out.write(rest);
      out.flush();
      if (code != SSL_REQUEST && code != GSS_REQUEST) return;
    }
  }

  private void note(byte[] parse) {
    String name = text(parse, 5);
    statements.put(
        name, text(parse, 5 + name.getBytes(StandardCharsets.UTF_8).length + 1).contains(WRITES));
  }

  /** The statement that a Bind names, after the portal. */
  private static String bound(byte[] bind) {
    String portal = text(bind, 5);
    return text(bind, 5 + portal.getBytes(StandardCharsets.UTF_8).length + 1);
  }

  private static String text(byte[] message, int from) {
    int end = from;
    while (end < message.length && message[end] != 0) end++;
    return new String(message, from, end - from, StandardCharsets.UTF_8);
  }

  /** From the database to the server, until either ends. */
  void answers() throws IOException {
    boolean greeted = false;
    for (int type = answers.read(); type >= 0; type = answers.read()) {
      // To the question whether to encrypt one byte is the answer.
      if (!greeted && type == 'N' && answers.available() == 0) {
        toServer.write(type);
        toServer.flush();
        continue;
      }
      greeted = true;
      byte[] message = GoBetween.message(type, answers);
      if (swallow) {
        if (type == 'Z') return;
        continue;
      }
      if (type == 'D' && timeAsked) message = LaterTime.of(message, between.ahead());
      toServer.write(message);
      if (answers.available() == 0) toServer.flush();
    }
  }
}
