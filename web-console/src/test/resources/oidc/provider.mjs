// A real OpenID provider for tests: node provider.mjs PORT REDIRECT_URI. Any login signs in with any password; its
// claims follow from its name.
import Provider from 'oidc-provider'

const [port, redirect] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'gridline',
      client_secret: 'a secret of the test, nowhere else used',
      redirect_uris: [redirect],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  pkce: { required: () => true, methods: ['S256'] },
  conformIdTokenClaims: false,
  claims: { openid: ['sub'], profile: ['preferred_username', 'name'], email: ['email', 'email_verified'] },
  cookies: { keys: ['test'] },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({
      sub: `subject-of-${id}`,
      preferred_username: id,
      email: `${id}@example.org`,
      email_verified: !id.startsWith('unverified'),
    }),
  }),
})
provider.listen(Number(port), '127.0.0.1', () => console.log('listening'))
