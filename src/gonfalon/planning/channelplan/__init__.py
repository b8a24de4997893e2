"""The channel plan of a campaign: segment × stage → channel, content, touchpoint; and what each channel asks for."""
