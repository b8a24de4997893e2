import "./ui/fonts.css";
import "./ui/base.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { whenSignedOut } from "./api/client";
import { queryClient } from "./api/query";
import { rooms } from "./app/rooms";
import { router } from "./app/router";
import { sessionEnded } from "./app/session";
import { LanguageProvider } from "./lib/i18n";
import { RoomsContext } from "./lib/rooms";
import { theme } from "./ui/theme";

whenSignedOut(() => sessionEnded.set(true));

// A new version on the server: pieces of the old one are gone, so take the new page.
addEventListener("vite:preloadError", (event) => {
  event.preventDefault();
  location.reload();
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
          </RoomsContext>
        </LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
