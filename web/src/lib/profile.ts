import { useMantineColorScheme } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { request } from "@/api/client";
import { useLanguage } from "./i18n";
import { type Me, meQuery, useMe } from "./session";

/** Changes the profile; the new one is on screen at once. */
export function useSaveProfile() {
  const client = useQueryClient();
  const { setLanguage } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  return useMutation({
    mutationFn: (profile: Pick<Me, "name" | "language" | "theme">) =>
      request<Me>("put", "/api/v1/me", { body: profile }),
    onMutate: ({ language, theme }) => {
      setLanguage(language);
      setColorScheme(theme);
    },
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
}

/** Changes the language or the theme alone. */
export function useChangeProfile() {
  const { name, language, theme } = useMe();
  const { mutate } = useSaveProfile();
  return useCallback(
    (part: Partial<Pick<Me, "language" | "theme">>) => mutate({ name, language, theme, ...part }),
    [name, language, theme, mutate],
  );
}
