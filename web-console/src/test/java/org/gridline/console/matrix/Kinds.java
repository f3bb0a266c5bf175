package org.gridline.console.matrix;

import java.util.Set;

/** The kinds of things that {@code x-scope} may speak of; there are some of each to try. */
final class Kinds {
  static final String TICKET = "ticket";
  static final String ATTACHMENT = "attachment";
  static final String COMPONENT = "component";
  static final String COLLECTION = "collection";
  static final String FEATURE = "feature";
  static final String NOTICE = "notice";
  static final String CALL = "call";

  static final Set<String> ALL =
      Set.of(
          TICKET,
          ATTACHMENT,
          COMPONENT,
          COLLECTION,
          FEATURE,
          NOTICE,
          CALL,
          "ownAttachment",
          "layer",
          "tile",
          "boundaryVersion",
          "boundaryImport",
          "componentImport",
          "unit",
          "area",
          "ticketNumber",
          "user",
          "login",
          "session",
          "delegation",
          "shift",
          "proposal",
          "erasure",
          "callerMerge",
          "emergency",
          "ruling",
          "indicator");

  private Kinds() {}
}
