// Photographs are made smaller on the device before they are sent: the long side to 1600 px, JPEG.

const SIDE = 1600;
const QUALITY = 0.82;
const SMALL = 400_000;

/** The file to send: a picture made smaller, anything else as it is. Throws `unreadable` for a picture the browser cannot open. */
export async function reduced(file) {
  if (!/^image\//.test(file.type) && !/\.(heic|heif)$/i.test(file.name)) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    if (file.type === "image/jpeg" || file.type === "image/png" || file.type === "image/webp") return file; // the server says what is wrong with it
    throw new Error("unreadable");
  }
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const known = ["image/jpeg", "image/png", "image/webp"].includes(file.type);
  if (scale === 1 && known && file.size <= SMALL) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || (known && blob.size >= file.size)) return file;
  return new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
}
