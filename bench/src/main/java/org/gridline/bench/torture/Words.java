package org.gridline.bench.torture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What one client reports, one thing after another; the same for the same seed. */
final class Words {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Some have an owner for certain, one has not. */
  private static final List<String> MATTERS =
      List.of("路灯不亮,路灯坏了,晚上黑灯瞎火", "小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", "路灯不亮,路灯坏了", "有个事情想反映一下");

  private static final int POISON_IN_HUNDRED = 6;
  private static final int URGENT_IN_HUNDRED = 20;

  private final String client;
  private final Random random;
  private int made;

  /**
   * A report to be sent.
   *
   * @param mark a word that stands in it and in no other
   * @param poison whether it must be refused
   */
  record Said(String key, String mark, byte[] body, boolean poison) {}

  Words(String client, long seed) {
    this.client = client;
    this.random = new Random(seed);
  }

  /** The same without poison. */
  Said sound() {
    return next(0);
  }

  Said next() {
    return next(POISON_IN_HUNDRED);
  }

  private Said next(int poisonInHundred) {
    String mark = "m" + client + "x" + ++made;
    String key = "torture-" + mark;
    ObjectNode node = JSON.createObjectNode();
    node.put("channel", "phone").put("type", "help");
    node.put("words", MATTERS.get(random.nextInt(MATTERS.size())) + " 编号" + mark);
    node.put("urgency", random.nextInt(100) < URGENT_IN_HUNDRED ? "urgent" : "normal");
    node.putObject("caller")
        .put("phone", String.format(Locale.ROOT, "138%08d", random.nextInt(2_000)))
        .put("name", "王样例");
    node.putObject("position")
        .put("lon", 118.8445 + random.nextInt(1_000) * 1e-6)
        .put("lat", 32.1204)
        .put("crs", "WGS84");
    if (random.nextInt(100) >= poisonInHundred) return new Said(key, mark, bytes(node), false);
    return new Said(key, mark, poisoned(node), true);
  }

  private byte[] poisoned(ObjectNode node) {
    switch (random.nextInt(7)) {
      case 0 -> node.put("words", "路灯\u0000不亮");
      case 1 -> node.put("words", "字".repeat(200_000));
      case 2 -> node.putObject("category").put("kind", "event").put("code", "no-such-class");
      case 3 -> node.put("phoneNumber", "138");
      case 4 -> node.withObject("/caller").put("phone", "12-not-a-phone");
      case 5 -> node.withObject("/position").put("lat", 1e308);
      default -> {
        byte[] whole = bytes(node);
        return java.util.Arrays.copyOf(whole, whole.length / 2);
      }
    }
    return bytes(node);
  }

  /** One chance in a hundred, so many times. */
  boolean chance(int inHundred) {
    return random.nextInt(100) < inHundred;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private static byte[] bytes(ObjectNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }
}
