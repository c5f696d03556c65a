// The line to the server: JSON with the form's token; throws where there is no line.

const ADDRESS = { drafts: "/entry/drafts", figures: "/entry/figures" };
const PATIENCE = 30_000;

/** A transport for the queue. @param {() => string} token the form's CSRF token */
export function makeLine(token) {
  return async (route, body) => {
    const answer = await fetch(ADDRESS[route], {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token(), Accept: "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    return { status: answer.status, body: told };
  };
}
