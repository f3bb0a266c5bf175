package org.gridline.hotline.mail;

import java.util.regex.Pattern;

/** Addresses of mail, as far as this house writes to them: plain ones, one each. */
public final class MailAddress {
  /** Nothing that an SMTP dialogue or a header could read as something else. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "[A-Za-z0-9_%+-]+(\\.[A-Za-z0-9_%+-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
              + "(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  private static final int MOST = 254;

  private MailAddress() {}

  public static boolean valid(String address) {
    return address.length() <= MOST && PLAIN.matcher(address).matches();
  }
}
