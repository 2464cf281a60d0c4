/** Signing in at the configured issuer: OpenID Connect, authorization code flow with PKCE (RFC 7636), S256. */

/** @typedef {import("./api.js").Config} Config */
/** @typedef {{verifier: string, state: string, hash: string}} Begun kept while the reader is at the issuer */
/** @typedef {{token: string, until: number}} Held */

const BEGUN = "dateline.sign-in";
const HELD = "dateline.token";
/** A token is renewed a little before it runs out. */
const EARLY_SECONDS = 30;
const RANDOM_BYTES = 32;

/** The issuer refused, or answered what it must not. */
export class SignInError extends Error {}

export class SignIn {
  /** @param {Config} config */
  constructor(config) {
    this.config = config;
    this.fresh = false;
  }

  /** @returns {string | null} the access token, while it holds */
  token() {
    const text = sessionStorage.getItem(HELD);
    if (!text) return null;
    /** @type {Held} */
    const held = JSON.parse(text);
    return held.until > Date.now() / 1000 + EARLY_SECONDS ? held.token : null;
  }

  /** Come back from the issuer if that is where the reader comes from, and sign in if need be. */
  async complete() {
    const answer = new URLSearchParams(location.search);
    if (answer.has("state") && (answer.has("code") || answer.has("error"))) await this.#finish(answer);
    if (!this.token()) await this.begin();
  }

  /** Go to the issuer. Never returns: the page is left. SignInError: the page is not known there. */
  async begin() {
    if (!this.config.client_id) {
      throw new SignInError("This page has no sign-in: the stack’s parameter PageClient is empty. The API takes tokens.");
    }
    const verifier = random();
    const state = random();
    /** @type {Begun} */
    const begun = { verifier, state, hash: location.hash };
    sessionStorage.setItem(BEGUN, JSON.stringify(begun));
    const { authorization_endpoint: endpoint } = await this.#discovered();
    const address = new URL(endpoint);
    for (const [name, value] of Object.entries({
      response_type: "code",
      client_id: this.config.client_id,
      redirect_uri: here(),
      scope: this.config.scope,
      state,
      code_challenge: await challenge(verifier),
      code_challenge_method: "S256",
    })) {
      address.searchParams.set(name, value);
    }
    location.assign(address);
    await new Promise(() => {});
  }

  /** Sign in anew because the API refused the token; SignInError if it was one minute old at most. */
  async again() {
    sessionStorage.removeItem(HELD);
    if (this.fresh) throw new SignInError("The service does not accept this sign-in.");
    await this.begin();
  }

  /** @param {URLSearchParams} answer */
  async #finish(answer) {
    const text = sessionStorage.getItem(BEGUN);
    sessionStorage.removeItem(BEGUN);
    /** @type {Begun | null} */
    const begun = text && JSON.parse(text);
    history.replaceState(null, "", here() + (begun?.hash ?? ""));
    if (!begun || begun.state !== answer.get("state")) throw new SignInError("This sign-in was not begun here.");
    const code = answer.get("code");
    if (!code) throw new SignInError(answer.get("error_description") ?? answer.get("error") ?? "The issuer refused.");
    const { token_endpoint: endpoint } = await this.#discovered();
    const received = await fetch(endpoint, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: this.config.client_id,
        redirect_uri: here(),
        code,
        code_verifier: begun.verifier,
      }),
    });
    if (!received.ok) throw new SignInError(`The issuer gave no token (status ${received.status}).`);
    const { access_token: token, expires_in: seconds } = await received.json();
    /** @type {Held} */
    const held = { token, until: Date.now() / 1000 + (seconds ?? 300) };
    sessionStorage.setItem(HELD, JSON.stringify(held));
    this.fresh = true;
  }

  /** @returns {Promise<{authorization_endpoint: string, token_endpoint: string}>} */
  async #discovered() {
    const answer = await fetch(`${this.config.issuer}/.well-known/openid-configuration`);
    if (!answer.ok) throw new SignInError(`The issuer does not answer (status ${answer.status}).`);
    return answer.json();
  }
}

/** The page's own address, as the issuer knows it. */
function here() {
  return location.origin + location.pathname;
}

/** @returns {string} */
function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)));
}

/**
 * @param {string} verifier
 * @returns {Promise<string>}
 */
async function challenge(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/**
 * @param {Uint8Array} bytes
 * @returns {string}
 */
function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
