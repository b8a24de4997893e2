import { Button, TextInput } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useState } from "react";
import { PicturePicker } from "../PicturePicker";
import { useT } from "../useT";

interface Props {
  label?: string;
  value: string;
  onChange: (address: string) => void;
}

/** The address of a picture: chosen among the assets, or written. */
export function PictureField({ label, value, onChange }: Props) {
  const t = useT();
  const [picking, setPicking] = useState(false);
  return (
    <div>
      <TextInput
        label={label ?? t("blocks.src")}
        placeholder="https://"
        value={value}
        maxLength={4000}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button
        mt={6}
        variant="default"
        size="compact-sm"
        leftSection={<IconPhoto size={15} />}
        onClick={() => setPicking(true)}
      >
        {t("picture.title")}
      </Button>
      {picking && (
        <PicturePicker
          onClose={() => setPicking(false)}
          onPick={(address) => {
            setPicking(false);
            if (address) onChange(address);
          }}
        />
      )}
    </div>
  );
}
