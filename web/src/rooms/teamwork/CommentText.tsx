import css from "./CommentText.module.css";
import { type Mentioned, piecesOf } from "./text";

/** The words of a comment: plain text with mentions and links; nothing in it is ever markup. */
export function CommentText({ body, mentions }: { body: string; mentions: readonly Mentioned[] }) {
  return (
    <p className={css.text}>
      {piecesOf(body, mentions).map((piece, index) => {
        if (piece.kind === "mention")
          return (
            <span key={index} className={css.mention}>
              @{piece.words}
            </span>
          );
        if (piece.kind === "strong") return <strong key={index}>{piece.words}</strong>;
        if (piece.kind === "code") return <code key={index}>{piece.words}</code>;
        if (piece.kind === "link")
          return (
            <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
              {piece.words}
            </a>
          );
        return piece.words;
      })}
    </p>
  );
}
