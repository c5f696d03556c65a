// The line to the server: JSON with the form's token. Throws where there is no line, or where what answers is not
// the server (the page of a hotel's network is no receipt).

const ADDRESS = { drafts: "/entry/drafts", figures: "/entry/figures" };
const PATIENCE = 30_000;
const ALIVE_AT_MOST = 60_000;
const SIGNED_OUT = { status: 401, body: {} };

/**
 * A transport for the queue.
 * @param {{value: () => string, renew: () => Promise<string | null>}} token the form's CSRF token
 */
export function makeLine(token, fetcher = (...given) => fetch(...given)) {
  async function post(route, body) {
    const text = JSON.stringify(body);
    const answer = await fetcher(ADDRESS[route], {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token.value(), Accept: "application/json" },
      body: text,
      redirect: "manual",
      keepalive: text.length < ALIVE_AT_MOST, // goes on when the tab is closed
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.type === "opaqueredirect" || (answer.status >= 300 && answer.status < 400)) return SIGNED_OUT;
    const told = await toldBy(answer);
    if (answer.status === 200 && !told.rows) throw new Error("not the server");
    return { status: answer.status, body: told };
  }

  return async (route, body) => {
    const answer = await post(route, body);
    if (answer.status !== 403 || !stale(answer.body)) return answer;
    const renewed = await token.renew(); // somebody signed in again: the page's token is old
    return renewed ? post(route, body) : SIGNED_OUT;
  };
}

async function toldBy(answer) {
  if (!answer.headers.get("Content-Type")?.includes("json")) {
    if (answer.status >= 400) return {};
    throw new Error("not the server");
  }
  return answer.json();
}

/** Whether the page's token was refused. */
const stale = (body) => !body.problems || body.problems.some(({ code }) => code === "page.cannot_be_sent");

/** The CSRF token of a form; it is renewed from the page itself, if the same person is signed in there. */
export function tokenOf(form, who, fetcher = (...given) => fetch(...given)) {
  const box = form.querySelector("[name=csrfmiddlewaretoken]");
  return {
    value: () => box.value,
    async renew() {
      const fresh = await page(form.ownerDocument.location.href, fetcher);
      const there = fresh?.querySelector("[data-person]");
      const token = there?.querySelector("[name=csrfmiddlewaretoken]")?.value;
      if (!token || there.dataset.person !== who) return null;
      box.value = token;
      return token;
    },
  };
}

/** A page of ours as a document; null where it cannot be had. */
export async function page(address, fetcher = (...given) => fetch(...given)) {
  const answer = await fetcher(address, { headers: { Accept: "text/html" }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}
