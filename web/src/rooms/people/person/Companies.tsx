import { ActionIcon, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { type Page, useLooseGet, useSend } from "@/api/hooks";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { FormError } from "@/ui/states";
import { useT } from "../useT";
import css from "./person.module.css";
import type { Profile } from "./types";

/** The companies that the person belongs to; added and left here. */
export function Companies({ person }: { person: Profile }) {
  const t = useT();
  const may = useMay("people.write");
  const [words, setWords] = useState("");
  const [search] = useDebouncedValue(words.trim(), 200);
  const found = useLooseGet<Page<{ id: number; name: string }>>(
    "/companies",
    { query: { search, limit: 20 } },
    { enabled: may && search !== "" },
  );
  const add = useSend("put", "/companies/{company_id}/people/{person_id}");
  const takeOut = useSend("delete", "/companies/{company_id}/people/{person_id}");
  const others = (found.data?.items ?? []).filter(({ id }) => !person.companies.some((one) => one.id === id));
  return (
    <Section title={t("person.companies")}>
      {person.companies.length ? (
        <ul className={css.plain}>
          {person.companies.map(({ id, name }) => (
            <li key={id}>
              <A to={`/companies/${id}`}>{name}</A>
              {may && (
                <ActionIcon
                  aria-label={t("company.takeOut", { name })}
                  size={24}
                  onClick={() => takeOut.mutate({ path: { company_id: id, person_id: person.id } })}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p className={css.muted}>{t("person.noCompany")}</p>
      )}
      {may && (
        <Select
          aria-label={t("person.addCompany")}
          placeholder={t("person.addCompany")}
          searchable
          searchValue={words}
          onSearchChange={setWords}
          value={null}
          filter={({ options }) => options}
          nothingFoundMessage={search && found.data ? t("companies.none") : undefined}
          data={others.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(id) => {
            if (id) add.mutate({ path: { company_id: Number(id), person_id: person.id } });
            setWords("");
          }}
        />
      )}
      <FormError error={add.error ?? takeOut.error} />
    </Section>
  );
}
