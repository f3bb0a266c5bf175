/** What a browser calls itself, in the words that people use for it. */

/** Who pretends to be others stands before them: nearly every browser also says "Chrome" and "Safari". */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/wxwork\//i, '企业微信'],
  [/MicroMessenger\//, '微信'],
  [/DingTalk\//i, '钉钉'],
  [/HuaweiBrowser\//, 'Huawei'],
  [/MQQBrowser\/|QQBrowser\//, 'QQ'],
  [/UCBrowser\/|UBrowser\//, 'UC'],
  [/SamsungBrowser\//, 'Samsung'],
  [/MiuiBrowser\//, 'Mi'],
  [/\b(?:Edg|EdgA|EdgiOS|Edge)\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome|Chromium)\//, 'Chrome'],
  [/Version\/[\d.]+.*Safari\//, 'Safari'],
]
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/iPad/, 'iPad'],
  [/iPhone|iPod/, 'iPhone'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
]
/** Programs begin with their own name and version: `curl/8.5.0`, `python-requests/2.31`. */
const PROGRAM = /^([A-Za-z][\w .-]{0,30}?)\/\d/

/** `Chrome · Linux`; a program's own name; null when nothing in it can be told. */
export function agentWords(agent: string | null | undefined): string | null {
  if (!agent) return null
  const browser = BROWSERS.find(([sign]) => sign.test(agent))?.[1]
  const place = PLACES.find(([sign]) => sign.test(agent))?.[1]
  if (browser) return [browser, place].filter(Boolean).join(' · ')
  const program = agent.startsWith('Mozilla/') ? undefined : PROGRAM.exec(agent)?.[1]
  return program ?? place ?? null
}
