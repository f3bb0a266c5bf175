package org.gridline.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reports as people say them, for tests to change one thing in. */
public final class Said {
  private Said() {}

  /** A street lamp is out in Yaohua: one owner is certain. */
  public static ObjectNode lamp() {
    return report("路灯不亮,路灯坏了,晚上黑灯瞎火", 118.8445, 32.1204);
  }

  /** The same in Maqun, another street. */
  public static ObjectNode lampInMaqun() {
    return report("路灯不亮,路灯坏了,晚上黑灯瞎火", 118.9018, 32.0574);
  }

  public static ObjectNode report(String words, double lon, double lat) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("channel", "phone").put("type", "help").put("words", words);
    node.putObject("caller").put("phone", "13800000001").put("name", "王样例");
    node.putObject("position").put("lon", lon).put("lat", lat).put("crs", "WGS84");
    return node;
  }
}
