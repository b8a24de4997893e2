import type { Shape } from "@/api/schema";

export type Profile = Shape<"ProfileOut">;
export type Happening = Shape<"Happening">;
