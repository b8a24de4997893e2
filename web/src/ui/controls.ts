/** The styles of the controls: one file, asked for by every page but the home page. */
import "./controls.css";
