import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useT } from "./useT";

interface Props<Row> {
  rows: Row[];
  onChange: (rows: Row[]) => void;
  /** What a new row begins with. */
  blank: Row;
  add: string;
  /** Names the button that takes a row away. */
  remove: (at: number) => string;
  most?: number;
  /** Lays out a row: its fields, then that button. */
  className?: string;
  /** The fields of a row. */
  children: (row: Row, change: (part: Partial<Row>) => void, at: number) => ReactNode;
}

/** Several of the same, each taken away by itself, and one more at the end. */
export function RowsField<Row>({ rows, onChange, blank, add, remove, most = 100, className, children }: Props<Row>) {
  const t = useT();
  return (
    <>
      {rows.map((row, at) => (
        <div key={at} className={className}>
          {children(row, (part) => onChange(rows.map((one, index) => (index === at ? { ...one, ...part } : one))), at)}
          <ActionIcon
            size={28}
            aria-label={remove(at)}
            onClick={() => onChange(rows.filter((_, index) => index !== at))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          title={rows.length >= most ? t("why.most", { most }) : undefined}
          disabled={rows.length >= most}
          onClick={() => onChange([...rows, blank])}
        >
          {add}
        </Button>
      </div>
    </>
  );
}
