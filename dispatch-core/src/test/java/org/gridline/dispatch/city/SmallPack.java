package org.gridline.dispatch.city;

/** The files of a city that says no more than it must. */
final class SmallPack {
  static final String CITY =
      """
      name: Smallville
      numberPrefix: S
      languages: [en]
      timeZone: UTC
      regionCode: US
      layers:
        - {id: part, name: Part, file: east.geojson, code: n}
      """;

  static final String UNITS =
      """
      code,parent,name_en
      WORKS,,Works
      HALL,,Hall
      """;

  static final String CATEGORIES =
      """
      kind,code,parent,name_en
      x,1,,Roads
      x,2,,Trees
      """;

  static final String DUTIES =
      """
      id,unit,kind,category,area,priority,basis
      D1,WORKS,x,,,1,Charter §1
      D2,HALL,x,2,,1,Charter §2
      """;

  static final String LIMITS =
      """
      clock,amount,unit
      accept,1,UH
      file,1,UH
      dispatch,1,UH
      sign,8,WH
      returnReview,8,WH
      handle,10,WD
      feedbackReview,8,WH
      check,1,WD
      revisit,1,WD
      close,8,WH
      total,20,WD
      """;

  static final String ROLES =
      """
      - {id: desk, name: Desk, scope: district, permissions: [takeReport, accept, file, dispatch, approveReturn, denyReturn, pass, check, revisit, rework, close]}
      - {id: unit, name: Unit, scope: unit, permissions: [sign, return, feedback]}
      - {id: sys, name: System, scope: none, admin: system, permissions: [manageUsers]}
      - {id: sec, name: Security, scope: none, admin: security, permissions: [grantRoles]}
      - {id: aud, name: Audit, scope: none, admin: audit, permissions: [readAudit]}
      """;

  private SmallPack() {}

  /** Squares of a degree side by side from 10 E, 50 N on. */
  static String squares(String field, String... codes) {
    StringBuilder features = new StringBuilder();
    for (int i = 0; i < codes.length; i++) {
      int w = 10 + i;
      features
          .append(i == 0 ? "" : ",")
          .append(
              """
              {"type":"Feature","properties":{"%s":"%s"},"geometry":{"type":"Polygon","coordinates":
              [[[%d,50],[%d,50],[%d,51],[%d,51],[%d,50]]]}}"""
                  .formatted(field, codes[i], w, w + 1, w + 1, w, w));
    }
    return "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}";
  }
}
