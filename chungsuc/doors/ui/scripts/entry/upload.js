// One file on its way, in pieces (tus 1.0): after a lost line or a reload it goes on where it stopped.

const PIECE = 256 * 1024;
const RETRIES = [1000, 3000, 8000, 20000];
const AGAIN = 60_000;

/** Resolves when the server has the file, refuses it, or the person gives it up. */
export async function send(kept, line, { store, token, words }) {
  if (!(await store.get("files", kept.command))) return line.done(""); // another window was first
  const { Upload } = await import("tus-js-client"); // fetched with the first file, not with the page
  return new Promise((end) => {
    const upload = new Upload(kept.blob, options(kept, { token, line, words }));
    const finish = async () => {
      await store.remove("files", kept.command);
      end();
    };
    upload.options.onUploadUrlAvailable = () => {
      store.change("files", kept.command, (there) => there && { ...there, address: new URL(upload.url, location.href).pathname });
    };
    upload.options.onSuccess = async ({ lastResponse } = {}) => {
      const number = lastResponse?.getHeader("Evidence");
      line.done(number ? `/evidence/${number}` : "");
      await finish();
    };
    upload.options.onError = (error) => failed(error, upload, { line, token, words, finish });
    line.onPause = () => (line.paused ? resume(upload, line) : rest(upload, line, words));
    line.onCancel = async () => {
      line.away();
      await upload.abort(true).catch(() => {});
      await finish();
    };
    line.going();
    upload.start();
  });
}

function options(kept, { token, line, words }) {
  return {
    endpoint: "/entry/uploads",
    chunkSize: PIECE,
    retryDelays: RETRIES,
    storeFingerprintForResuming: false, // the store keeps the address with the file itself
    uploadUrl: kept.address ?? null,
    metadata: { ...kept.facts, filename: kept.name, filetype: kept.blob.type, command: kept.command },
    onBeforeRequest: (request) => request.setHeader("X-CSRFToken", token.value()),
    onProgress(sent, all) {
      const share = all ? Math.floor((100 * sent) / all) : 0;
      line.at(share);
      line.say(words("file.progress", { share }));
    },
    onShouldRetry(error) {
      const status = statusOf(error);
      if (status === 0) line.say(words("file.offline"));
      return status === 0 || status >= 500 || status === 409 || status === 423;
    },
  };
}

const statusOf = (error) => error.originalResponse?.getStatus() ?? 0;

async function failed(error, upload, { line, token, words, finish }) {
  const status = statusOf(error);
  if (status === 403 && !reasonOf(error) && (await token.renew().catch(() => null))) return upload.start();
  if (status === 0 || status >= 500 || status === 429) return later(upload, line, words("file.offline"));
  if (status === 401 || status === 403) return later(upload, line, words("file.signed_out"));
  line.fail(reasonOf(error) ?? words("file.refused"));
  return finish();
}

/** Go on when the line is back, when somebody looks again, or after a minute. */
function later(upload, line, said) {
  line.say(said);
  const names = ["online", "focus"];
  const go = () => {
    clearTimeout(timer);
    for (const name of names) removeEventListener(name, go);
    if (!line.paused) upload.start();
  };
  const timer = setTimeout(go, AGAIN);
  for (const name of names) addEventListener(name, go);
}

async function rest(upload, line, words) {
  await upload.abort();
  line.hold(true);
  line.say(words("file.paused"));
}

function resume(upload, line) {
  line.hold(false);
  upload.start();
}

/** The server's sentence; null where it gave none. */
function reasonOf(error) {
  try {
    const { problems } = JSON.parse(error.originalResponse.getBody());
    if (problems.some(({ code }) => code === "page.cannot_be_sent")) return null;
    return problems.map(({ text, mend }) => (mend ? `${text} ${mend}` : text)).join(" ");
  } catch {
    return null;
  }
}
