package org.gridline.dispatch.people;

/** What somebody who signed in has to do before the house lets them at anything else. */
public enum Chore {
  CHANGE_PASSWORD("changePassword"),
  ENROL_SECOND_FACTOR("enrolSecondFactor");

  private final String id;

  Chore(String id) {
    this.id = id;
  }

  /** The spelling in the API. */
  public String id() {
    return id;
  }
}
