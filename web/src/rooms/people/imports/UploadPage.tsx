import { Button } from "@mantine/core";
import { useState } from "react";
import { useApi } from "@/api/hooks";
import { A, useGo } from "@/lib/links";
import { FormFoot } from "@/ui/Dialog";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { FormError } from "@/ui/states";
import { UploadDrop } from "@/ui/UploadDrop";
import { useT } from "../useT";
import { ImportSteps } from "./ImportSteps";
import { countRows, rememberRows, uploadFile } from "./upload";

const MAX_BYTES = 2_684_354_560;

/** The first step of an import: which file. */
export default function UploadPage() {
  const t = useT();
  const go = useGo();
  const { url } = useApi();
  const [file, setFile] = useState<File>();
  const [progress, setProgress] = useState<number>();
  const [error, setError] = useState<unknown>();
  const send = async (chosen: File) => {
    setError(undefined);
    setProgress(0);
    try {
      const [made, rows] = await Promise.all([uploadFile(url("/imports"), chosen, setProgress), countRows(chosen)]);
      rememberRows(made.id, rows);
      go(`/people/imports/${made.id}`);
    } catch (failure) {
      setError(failure);
      setProgress(undefined);
    }
  };
  return (
    <Page kind="form">
      <PageHead
        title={t("import.title")}
        meaning={t("import.meaning")}
        crumbs={[{ label: t("title"), to: "/people" }]}
        action={
          <Button variant="default" component={A} to="/people/imports">
            {t("imports.title")}
          </Button>
        }
      />
      <ImportSteps current="file" />
      <UploadDrop
        file={file}
        accept=".csv,.tsv,.txt,.xlsx"
        max={MAX_BYTES}
        hint={t("import.file.hint")}
        progress={progress}
        onFile={(chosen) => {
          setFile(chosen);
          if (chosen) void send(chosen);
        }}
      />
      <p role="status">{progress !== undefined && t(progress < 100 ? "import.uploading" : "import.looking")}</p>
      <FormError error={error} />
      {error !== undefined && file && (
        <FormFoot>
          <Button onClick={() => void send(file)}>{t("import.again")}</Button>
        </FormFoot>
      )}
    </Page>
  );
}
