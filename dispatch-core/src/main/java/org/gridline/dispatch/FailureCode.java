package org.gridline.dispatch;

/** Every way in which a request can fail, with its stable API spelling and what to tell people. */
public enum FailureCode {
  INVALID_REQUEST("请求内容不合规 · the request is not valid"),
  VALUE_REFUSED("内容不能采用 · a value can't be taken"),
  INVALID_ENCODING("内容不是 UTF-8 编码 · the body is not UTF-8"),
  PAYLOAD_TOO_LARGE("内容过大 · the body is too large"),
  UNAUTHENTICATED("请先登录 · please sign in"),
  SESSION_EXPIRED("登录已过期,请重新登录 · the session has expired, please sign in again"),
  BAD_CREDENTIALS("用户名或密码不正确 · user or password is wrong"),
  TOO_MANY_ATTEMPTS("尝试次数过多,请稍后再试 · too many attempts, try again later"),
  SECOND_FACTOR_REQUIRED("需要动态验证码 · the code of the second factor is needed"),
  SECOND_FACTOR_WRONG("动态验证码不正确或已用过 · the code is wrong or was used already"),
  PASSWORD_CHANGE_REQUIRED("请先修改密码 · change your password first"),
  SECOND_FACTOR_ENROLMENT_REQUIRED("请先绑定动态验证 · set up your second factor first"),
  PASSWORD_WEAK("密码不合要求 · this password can't be taken"),
  USER_EXISTS("用户名已被使用 · this user name is taken"),
  USER_CHANGED("用户信息已被他人更新 · somebody else changed this user first"),
  ROLES_EXCLUDE_EACH_OTHER("角色互斥 · these roles exclude each other"),
  LAST_ADMINISTRATOR("每类管理员至少保留一人 · the last administrator of a kind stays"),
  SECOND_PERSON_REQUIRED("须由另一名管理员确认 · another administrator has to decide"),
  REQUEST_DECIDED("申请已处理或已过期 · the request was decided or has expired"),
  CSRF_MISSING("缺少页面校验值 · the CSRF value is missing or wrong"),
  NOT_PERMITTED("无权进行此操作 · not permitted"),
  NOT_FOUND("未找到 · not found"),
  METHOD_NOT_ALLOWED("此地址不支持该方法 · method not allowed here"),
  NOT_ACCEPTABLE("没有所要的格式 · none of the wanted formats is there"),
  VERSION_CONFLICT("工单已被他人更新 · somebody else changed the ticket first"),
  ILLEGAL_ACTION("当前状态不能进行此操作 · this action is not possible now"),
  INDEPENDENCE_REQUIRED(
      "处置、核查、回访须由不同人员完成 · handler, checker and revisitor must be different people"),
  IDEMPOTENCY_KEY_MISSING(
      "缺少 Idempotency-Key · the Idempotency-Key header is missing or malformed"),
  IDEMPOTENCY_KEY_REUSED("此 Idempotency-Key 已用于另一内容 · this key was used for another body"),
  PLACE_MISSING("请提供位置或地址 · a position or an address is needed"),
  POSITION_INVALID("坐标无效 · the position is not valid"),
  CRS_UNKNOWN("坐标系未知 · unknown coordinate system"),
  CATEGORY_UNKNOWN("事项类别不存在 · unknown category"),
  COMPONENT_UNKNOWN("部件不存在 · unknown component"),
  COMPONENT_EXISTS("此部件已登记 · this component is registered already"),
  COMPONENT_CHANGED("部件已被他人更新 · somebody else changed the component first"),
  CLASS_UNKNOWN("部件类别不存在 · unknown component class"),
  UNIT_UNKNOWN("承办单位不存在 · unknown unit"),
  PHONE_INVALID("电话号码无效 · the phone number is not valid"),
  BOUNDARIES_CHANGED(
      "边界已有其他变更,或有已排定的版本 · the boundaries were changed meanwhile, or a change is planned already"),
  SIGNATURE_INVALID("签名无效 · the signature is missing or wrong"),
  SIGNATURE_STALE("时间戳超出允许范围 · the timestamp is outside the window"),
  EVENT_ID_REUSED("此事件编号已用于另一内容 · this event id was used for another body"),
  AGENT_UNKNOWN("坐席不存在 · unknown agent"),
  CALL_UNKNOWN("没有此通话,或不是您的通话 · no such call, or not yours"),
  ATTACHMENT_REFUSED("此文件不能作为附件 · this file is not taken as an attachment"),
  ATTACHMENT_UNKNOWN(
      "附件不存在、已过期、已使用或不是您上传的 · the attachment is not there, expired, used already or not yours"),
  ATTACHMENTS_USED_UP("上传过多,请稍后再试 · too much was uploaded, try again later"),
  ERASURE_REFUSED("不能删除 · can't be forgotten now"),
  MERGE_REFUSED("不能合并 · these records can't be merged"),
  EVIDENCE_WANTED("此步骤需要照片 · this step wants a photo"),
  TRACKING_OFF("现在不采集位置 · positions are not taken now"),
  OVERLOADED("系统繁忙,请稍后重试 · busy, try again shortly"),
  UNAVAILABLE("服务暂不可用,请稍后重试 · not available now, try again shortly"),
  OUTCOME_UNKNOWN("结果未知,请用同一键重试 · outcome unknown, ask again with the same key"),
  INTERNAL("内部错误 · internal error");

  private final String title;

  FailureCode(String title) {
    this.title = title;
  }

  /** The stable spelling in the API, for example {@code version_conflict}. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** What happened, in Chinese and English. */
  public String title() {
    return title;
  }
}
