// An authorization server for the tests: `node oidc.mjs SETTINGS.json`.
//
// For one homeserver it is a provider of single sign-on (OpenID Connect). For
// another it stands where the Matrix Authentication Service does: programs
// introduce themselves, tokens are for Matrix, the homeserver asks about them,
// and is told which users and devices there are.
//
// Whoever signs in says as whom: GET <the page they are sent to>/as/NAME, or
// .../no to say no.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const settings = JSON.parse(readFileSync(process.argv[2], "utf8"));
const library = `${settings.library}/node_modules/oidc-provider/lib/index.js`;
const { default: Provider } = await import(pathToFileURL(library).href);

const MATRIX = "urn:matrix:org.matrix.msc2967.client:";
const sessions = new Map();

async function homeserver(what, body) {
  const answer = await fetch(`${settings.homeserver}/_synapse/mas/${what}`, {
    method: "POST",
    headers: { authorization: `Bearer ${settings.secret}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
}

const provider = new Provider(settings.issuer, {
  clients: [
    {
      client_id: "homeserver",
      client_secret: settings.secret,
      redirect_uris: [settings.callback],
      grant_types: ["authorization_code"],
    },
  ],
  claims: { profile: ["name", "preferred_username"] },
  cookies: { keys: [settings.secret] },
  discovery: { account_management_uri: `${settings.issuer}/account` },
  extraParams: ["matrix_scope"],
  features: {
    devInteractions: { enabled: false },
    registration: { enabled: true },
    revocation: { enabled: true },
  },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: id, preferred_username: id }),
  }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  issueRefreshToken: (_, client) => client.grantTypeAllowed("refresh_token"),
  ttl: { AccessToken: settings.lifetime, RefreshToken: 3600, Grant: 3600, Interaction: 600, Session: 600 },
});

async function form(ctx) {
  const pieces = [];
  for await (const piece of ctx.req) pieces.push(piece);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString()));
}

/// What the homeserver wants to know of a token.
async function introspect(ctx) {
  if (ctx.get("authorization") !== `Bearer ${settings.secret}`) {
    ctx.status = 401;
    return;
  }
  const token = await provider.AccessToken.find((await form(ctx)).token);
  const session = token && sessions.get(token.grantId);
  ctx.body = session
    ? { active: true, scope: session.scope, username: session.user, sub: session.user, expires_in: token.remainingTTL }
    : { active: false };
}

/// Whichever of its tokens is revoked, a session is over with its device.
async function revoke(ctx, next) {
  const body = await form(ctx);
  const find = async (kind) => provider[kind].find(body.token);
  const token = (await find("AccessToken")) ?? (await find("RefreshToken"));
  ctx.request.body = body;
  await next();
  const session = ctx.status === 200 && token && sessions.get(token.grantId);
  if (session) {
    sessions.delete(token.grantId);
    await provider.AccessToken.revokeByGrantId(token.grantId);
    await provider.RefreshToken.revokeByGrantId(token.grantId);
    await homeserver("delete_device", { localpart: session.user, device_id: session.device });
  }
}

/// Scopes of Matrix hold a device, which no list of scopes can name.
async function authorize(ctx, next) {
  const query = new URLSearchParams(ctx.querystring);
  if (query.get("scope")?.includes(MATRIX)) {
    query.set("matrix_scope", query.get("scope"));
    query.set("scope", "openid");
    ctx.querystring = query.toString();
  }
  await next();
}

async function interact(ctx) {
  const [, , , answer, user] = ctx.path.split("/");
  const { prompt, params, session, grantId } = await provider.interactionDetails(ctx.req, ctx.res);
  const finish = (result) =>
    provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
  ctx.respond = false;
  if (answer === "no") {
    return finish({ error: "access_denied", error_description: "no" });
  }
  if (prompt.name === "login") {
    if (answer === "as") return finish({ login: { accountId: user } });
    ctx.respond = true;
    ctx.body = "Who are you?";
    return;
  }
  const grant = (await provider.Grant.find(grantId)) ??
    new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const granted = await grant.save();
  if (params.matrix_scope) {
    const scope = params.matrix_scope;
    const device = scope.split(" ").find((one) => one.startsWith(`${MATRIX}device:`)).split(":").pop();
    await homeserver("provision_user", { localpart: session.accountId });
    await homeserver("upsert_device", { localpart: session.accountId, device_id: device });
    sessions.set(granted, { user: session.accountId, device, scope });
  }
  return finish({ consent: { grantId: granted } });
}

provider.use(async (ctx, next) => {
  if (ctx.path === "/oauth2/introspect") return introspect(ctx);
  if (ctx.path === "/token/revocation") return revoke(ctx, next);
  if (ctx.path === "/auth") return authorize(ctx, next);
  if (ctx.path.startsWith("/interaction/")) return interact(ctx);
  return next();
});

provider.on("server_error", (_, error) => console.error(error));
provider.listen(new URL(settings.issuer).port, "127.0.0.1");
