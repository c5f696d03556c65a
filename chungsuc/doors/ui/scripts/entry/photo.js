// Photographs are made smaller on the device before they are sent: the long side to 1600 px, JPEG, upright.

const SIDE = 1600;
const QUALITY = 0.8;
const SMALL = 400_000;
const KNOWN = ["image/jpeg", "image/png", "image/webp"]; // what the server takes; it says itself what is wrong with one

const isPicture = (file) => /^image\//.test(file.type) || /\.(heic|heif)$/i.test(file.name);

/** The size of a picture whose long side is at most `side`. */
export function fitted(width, height, side = SIDE) {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)), scale };
}

/** The file to send: a picture made smaller, anything else as it is. Throws "unreadable" for a picture that cannot be opened here. */
export async function reduced(file) {
  if (!isPicture(file)) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    if (KNOWN.includes(file.type)) return file;
    throw new Error("unreadable");
  }
  const to = fitted(picture.width, picture.height);
  const fits = to.scale === 1 && KNOWN.includes(file.type) && file.size <= SMALL;
  const blob = fits ? null : await drawn(picture, to);
  picture.close();
  if (!blob || (KNOWN.includes(file.type) && blob.size >= file.size)) return file;
  return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg", lastModified: file.lastModified });
}

function drawn(picture, { width, height }) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff"; // what is transparent in a PNG would turn black
  paper.fillRect(0, 0, width, height);
  paper.imageSmoothingQuality = "high";
  paper.drawImage(picture, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}
