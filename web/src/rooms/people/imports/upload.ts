import { makeUrl } from "@/api/client";
import { ApiError, readProblem } from "@/api/errors";
import type { Import } from "./types";

/** Sends a file and tells how far it is in percent; `fetch` has no such events. */
export function uploadFile(url: string, file: File, onProgress: (percent: number) => void): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", makeUrl(url, {}, { file_name: file.name }));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? Math.round((loaded / total) * 100) : 0);
    request.onerror = () => reject(new ApiError({ status: 0, code: "no_answer" }));
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Import);
      else readProblem(new Response(request.responseText, { status: request.status })).then(reject, reject);
    };
    request.send(file);
  });
}

const lines = new Map<string, number>();
/** Rows of a file sent from this page, counted while it travelled; undefined after a reload. */
export const rowsOf = (id: string) => lines.get(id);

/** Counts the lines of a text file without its header, without holding the file. */
export async function countRows(file: File): Promise<number | undefined> {
  if (!/\.(csv|tsv|txt)$/i.test(file.name)) return undefined;
  let found = 0;
  let last = 10;
  const reader = file.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (const byte of part.value) if (byte === 10) found += 1;
    last = part.value.at(-1) ?? last;
  }
  return Math.max(found + (last === 10 ? 0 : 1) - 1, 0);
}

export const rememberRows = (id: string, rows: number | undefined) => rows !== undefined && lines.set(id, rows);
