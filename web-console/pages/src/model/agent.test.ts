import { expect, test } from 'vitest'
import { agentWords } from './agent'

const apple = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const kit = 'AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  [`Mozilla/5.0 (X11; Linux x86_64) ${kit} Chrome/126.0.0.0 Safari/537.36`, 'Chrome · Linux'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${kit} HeadlessChrome/126.0.0.0 Safari/537.36`, 'Chrome · Linux'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${kit} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0`, 'Edge · Windows'],
  ['Mozilla/5.0 (Windows NT 10.0; rv:127.0) Gecko/20100101 Firefox/127.0', 'Firefox · Windows'],
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${apple} Version/17.4 Safari/605.1.15`, 'Safari · macOS'],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) ${apple} Version/17.4 Mobile/15E148 Safari/604.1`,
    'Safari · iPhone',
  ],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) ${apple} Mobile/15E148 MicroMessenger/8.0.49`,
    '微信 · iPhone',
  ],
  [
    `Mozilla/5.0 (Linux; Android 14; KB2000) ${kit} Chrome/116.0 Mobile Safari/537.36 wxwork/4.1 MicroMessenger/7.0`,
    '企业微信 · Android',
  ],
  [`Mozilla/5.0 (Phone; OpenHarmony 5.0) ${kit} Chrome/114.0 Safari/537.36 ArkWeb/4.1`, 'Chrome · HarmonyOS'],
  ['curl/8.5.0', 'curl'],
  ['python-requests/2.31.0', 'python-requests'],
  ['Java-http-client/25', 'Java-http-client'],
])('%s is called %s', (agent, words) => expect(agentWords(agent)).toBe(words))

test.each([[''], [null], [undefined], ['Mozilla/5.0'], ['\u0000<script>'], ['?'.repeat(5000)]])(
  'nothing can be told of %j',
  (agent) => expect(agentWords(agent)).toBeNull(),
)
