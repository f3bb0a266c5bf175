package org.gridline.gis.sample;

import java.util.List;

/**
 * The rough plan that the sample district is drawn from: made up for this project after general
 * knowledge of where the places of 栖霞区 lie, not traced from any map or boundary file.
 */
final class SampleShape {
  private SampleShape() {}

  /**
   * A street or development zone.
   *
   * @param code 9 digits
   * @param lon roughly where it is, WGS 84
   * @param lat roughly where it is, WGS 84
   * @param share of the district's ground, relative to the others (about km²)
   */
  record Seat(String code, double lon, double lat, double share) {}

  /** The island's street fills the island; its share is not compared with those on the mainland. */
  static final String ISLAND_STREET = "320113009";

  static final List<Seat> SEATS =
      List.of(
          new Seat("320113001", 118.890, 32.120, 20), // 尧化
          new Seat("320113002", 118.900, 32.050, 20), // 马群
          new Seat("320113003", 118.810, 32.110, 17), // 迈皋桥
          new Seat("320113004", 118.820, 32.150, 20), // 燕子矶
          new Seat("320113005", 118.972, 32.158, 47), // 栖霞
          new Seat("320113006", 119.080, 32.170, 88), // 龙潭
          new Seat("320113007", 118.922, 32.098, 18), // 仙林
          new Seat(ISLAND_STREET, 118.820, 32.210, 52), // 八卦洲
          new Seat("320113010", 119.000, 32.120, 34), // 西岗
          new Seat("320113400", 119.062, 32.143, 1.5), // 龙潭监狱
          new Seat("320113401", 119.020, 32.160, 12), // 栖霞经济开发区
          new Seat("320113402", 119.105, 32.186, 6), // 南京龙潭物流园
          new Seat("320113403", 119.190, 32.195, 7), // 靖安三江口工业园
          new Seat("320113405", 118.935, 32.050, 1.8), // 马群科技园
          new Seat("320113406", 118.955, 32.098, 9), // 仙林大学城
          new Seat("320113407", 118.945, 32.135, 2), // 江苏生命科技创新园
          new Seat("320113409", 118.972, 32.118, 1.6), // 南大科学园
          new Seat("320113410", 118.955, 32.070, 1.6), // 紫东国际创意园
          new Seat("320113411", 118.862, 32.140, 1.2), // 金港科技创业中心
          new Seat("320113413", 118.972, 32.090, 1.5), // 仙林智谷
          new Seat("320113450", 118.908, 32.152, 13)); // 南京经济技术开发区

  /** The strip along the south bank of the river; lon, lat, clockwise from the west. */
  static final double[][] MAINLAND = {
    {118.785, 32.105}, {118.782, 32.135}, {118.790, 32.150}, {118.815, 32.158},
    {118.845, 32.161}, {118.875, 32.164}, {118.905, 32.169}, {118.935, 32.174},
    {118.965, 32.179}, {119.000, 32.181}, {119.040, 32.186}, {119.085, 32.198},
    {119.130, 32.205}, {119.165, 32.206}, {119.195, 32.211}, {119.213, 32.205},
    {119.208, 32.189}, {119.180, 32.174}, {119.145, 32.160}, {119.110, 32.145},
    {119.075, 32.132}, {119.045, 32.114}, {119.018, 32.096}, {118.985, 32.077},
    {118.955, 32.060}, {118.928, 32.042}, {118.900, 32.032}, {118.878, 32.038},
    {118.871, 32.058}, {118.866, 32.085}, {118.835, 32.094}, {118.805, 32.090}
  };

  /** The island in the river. */
  static final double[][] ISLAND = {
    {118.773, 32.201}, {118.779, 32.217}, {118.795, 32.233}, {118.817, 32.241},
    {118.840, 32.239}, {118.863, 32.227}, {118.881, 32.210}, {118.885, 32.196},
    {118.869, 32.187}, {118.846, 32.182}, {118.819, 32.180}, {118.795, 32.182},
    {118.779, 32.190}
  };
}
