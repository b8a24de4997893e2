import { follow, type Progress, say } from "./tray";

const patience = 1000;
let count = 0;

/**
 * Work that is one request and may take long. What is done within a second is a toast; what takes longer goes to the
 * tray, where it can be left alone. Fails as the work does, so that a form can say why.
 */
export async function attend<T>(title: string, work: Promise<T>, words: (answer: T) => string): Promise<T> {
  let progress: Progress = { state: "running" };
  let followed = false;
  const timer = setTimeout(() => {
    followed = true;
    follow({ id: `work-${++count}`, title, look: async () => progress });
  }, patience);
  try {
    const answer = await work;
    progress = { state: "done", words: words(answer) };
    if (!followed) say(words(answer));
    return answer;
  } catch (error) {
    progress = { state: "failed", words: error instanceof Error ? error.message : String(error) };
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Puts a file onto the person's machine, as if it had been downloaded. */
export function saveFile(file: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Not at once: some browsers begin to read it only after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
