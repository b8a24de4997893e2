import { Button } from "@mantine/core";
import { IconFile, IconUpload, IconX } from "@tabler/icons-react";
import { type DragEvent, useRef, useState } from "react";
import { useFormat } from "@/lib/format";
import css from "./UploadDrop.module.css";
import { useT } from "./useT";

interface Props {
  file: File | undefined;
  onFile: (file: File | undefined) => void;
  /** As in `<input accept>`: ".csv,.tsv,.txt". */
  accept?: string;
  /** Largest size in bytes that will be taken. */
  max?: number;
  /** One line on what the file should be. */
  hint?: string;
  /** Percent uploaded, while it is on its way. */
  progress?: number;
}

/** One file, dropped or chosen; a keyboard reaches the same button. */
export function UploadDrop({ file, onFile, accept, max, hint, progress }: Props) {
  const t = useT();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [error, setError] = useState("");
  const take = (chosen: File | undefined) => {
    if (!chosen) return;
    if (max && chosen.size > max) {
      setError(t("upload.tooLarge", { name: chosen.name, size: format.bytes(chosen.size), max: format.bytes(max) }));
      return;
    }
    setError("");
    onFile(chosen);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra way; the button below does the same
    <div
      className={css.root}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={t("upload.choose")}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      {file ? (
        <div className={css.file}>
          <IconFile size={20} stroke={1.5} />
          <span>
            <strong>{file.name}</strong> <span className={css.size}>{format.bytes(file.size)}</span>
          </span>
          {progress === undefined && (
            <button
              type="button"
              aria-label={t("upload.remove", { name: file.name })}
              onClick={() => onFile(undefined)}
            >
              <IconX size={16} />
            </button>
          )}
          {progress !== undefined && (
            <progress value={progress} max={100} aria-label={t("upload.progress")}>
              {format.percent(progress / 100, 0)}
            </progress>
          )}
        </div>
      ) : (
        <>
          <IconUpload size={24} stroke={1.5} />
          <p>{t("upload.drop")}</p>
          <Button variant="default" onClick={() => input.current?.click()}>
            {t("upload.choose")}
          </Button>
          {hint && <p className={css.hint}>{hint}</p>}
        </>
      )}
      {error && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
