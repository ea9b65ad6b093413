// A certified OpenID provider on this computer, for one test. Whoever it is asked to sign in, it signs in:
// the test says who and how through `accounts`, and the provider's own pages are answered without a person.
import http from "node:http";
import Provider from "oidc-provider";

const { port, redirect, accounts } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: "gatepost", client_secret: "not a secret, but long enough", redirect_uris: [redirect] }],
  pkce: { required: () => true },
  claims: { openid: ["sub", "auth_time"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
});

let next = Object.keys(accounts)[0];
const seen = [];

async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  seen.push({ prompt: prompt.name, asked: params.prompt || "" });
  if (prompt.name === "login") {
    if (next === "nobody") return provider.interactionFinished(request, response, { error: "access_denied" });
    return provider.interactionFinished(request, response, { login: { accountId: next, remember: true } });
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope("openid email profile");
  const grantId = await grant.save();
  return provider.interactionFinished(request, response, { consent: { grantId } }, { mergeWithLastSubmission: true });
}

http.createServer(async (request, response) => {
  const url = new URL(request.url, issuer);
  try {
    if (url.pathname.startsWith("/interaction/")) return await interact(request, response);
    if (url.pathname === "/test/next") { next = url.searchParams.get("who"); return response.end("ok"); }
    if (url.pathname === "/test/seen") return response.end(JSON.stringify(seen));
    return provider.callback()(request, response);
  } catch (problem) { response.statusCode = 500; response.end(String(problem)); }
}).listen(port, "127.0.0.1", () => console.log("ready"));
