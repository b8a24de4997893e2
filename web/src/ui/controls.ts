/** The styles of the controls: one chunk, asked for by every page but the home page. */
import "./controls.css";
