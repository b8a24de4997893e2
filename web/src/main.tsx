import "./ui/fonts.css";
import "./ui/base.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { whenSignedOut } from "./api/client";
import { noteAnswer } from "./api/connection";
import { queryClient } from "./api/query";
import { rooms } from "./app/rooms";
import { router } from "./app/router";
import { LanguageProvider } from "./lib/i18n";
import { RoomsContext } from "./lib/rooms";
import { sessionEnded } from "./lib/session";
import { FieldErrors } from "./ui/FieldErrors";
import { theme } from "./ui/theme";

whenSignedOut(() => sessionEnded.set(true));

// A new version on the server: pieces of the old one are gone, so take the new page. Without a connection there is none.
addEventListener("vite:preloadError", () => {
  void fetch("/health").then(
    () => location.reload(),
    () => noteAnswer(false),
  );
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queryClient}>
        <LanguageProvider>
          <RoomsContext value={rooms}>
            <RouterProvider router={router} />
            <FieldErrors />
          </RoomsContext>
        </LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
