package org.gridline.console.browser;

/** What the receipt says. */
record TakenCall(String id, String number, String state, String unit) {}
