package io.otfd.ui.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a terminal would show text. Colours of the background and of the 256 are left out: their contrast is anyone's guess. */
record AnsiStyle(boolean bold, boolean faint, boolean italic, boolean underlined, Optional<Color> color) {

    static final AnsiStyle PLAIN = new AnsiStyle(false, false, false, false, Optional.empty());

    enum Color {
        BLACK,
        RED,
        GREEN,
        YELLOW,
        BLUE,
        MAGENTA,
        CYAN,
        WHITE,
        GRAY
    }

    private static final int EXTENDED = 38;
    private static final int EXTENDED_BACKGROUND = 48;

    /** After {@code ESC [ parameters m}. */
    AnsiStyle after(String parameters) {
        AnsiStyle style = this;
        String[] codes = parameters.split("[;:]", -1);
        for (int i = 0; i < codes.length; i++) {
            int code = number(codes[i]);
            if (code == EXTENDED || code == EXTENDED_BACKGROUND) {
                // 38;5;n and 38;2;r;g;b
                boolean indexed = i + 1 < codes.length && number(codes[i + 1]) == 5;
                i += indexed ? 2 : 4;
            } else {
                style = style.after(code);
            }
        }
        return style;
    }

    private AnsiStyle after(int code) {
        return switch (code) {
            case 0 -> PLAIN;
            case 1 -> new AnsiStyle(true, false, italic, underlined, color);
            case 2 -> new AnsiStyle(false, true, italic, underlined, color);
            case 3 -> new AnsiStyle(bold, faint, true, underlined, color);
            case 4 -> new AnsiStyle(bold, faint, italic, true, color);
            case 22 -> new AnsiStyle(false, false, italic, underlined, color);
            case 23 -> new AnsiStyle(bold, faint, false, underlined, color);
            case 24 -> new AnsiStyle(bold, faint, italic, false, color);
            case 39 -> with(Optional.empty());
            case 30, 31, 32, 33, 34, 35, 36, 37 -> with(Optional.of(Color.values()[code - 30]));
            case 90 -> with(Optional.of(Color.GRAY));
            case 91, 92, 93, 94, 95, 96, 97 -> with(Optional.of(Color.values()[code - 90]));
            default -> this;
        };
    }

    private AnsiStyle with(Optional<Color> changed) {
        return new AnsiStyle(bold, faint, italic, underlined, changed);
    }

    /** An empty code means 0. */
    private static int number(String code) {
        if (code.isEmpty()) {
            return 0;
        }
        return code.length() <= 3 && code.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                ? Integer.parseInt(code)
                : -1;
    }

    /** Style classes, apart by blanks; {@code ""} for plain text. */
    String classes() {
        return String.join(" ", words().stream().map(word -> "ansi-" + word).toList());
    }

    /** For a cursor: as in {@code .bold.red}. */
    String token() {
        StringBuilder token = new StringBuilder();
        words().forEach(word -> token.append('.').append(word));
        return token.toString();
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        if (bold) {
            words.add("bold");
        }
        if (faint) {
            words.add("faint");
        }
        if (italic) {
            words.add("italic");
        }
        if (underlined) {
            words.add("underlined");
        }
        color.ifPresent(some -> words.add(some.name().toLowerCase(Locale.ROOT)));
        return words;
    }

    /** Words that are none of ours are skipped: a cursor comes back from a browser. */
    static AnsiStyle ofToken(String token) {
        AnsiStyle style = PLAIN;
        for (String word : token.split("\\.")) {
            switch (word) {
                case "bold" -> style = style.after(1);
                case "faint" -> style = style.after(2);
                case "italic" -> style = style.after(3);
                case "underlined" -> style = style.after(4);
                default -> {
                    for (Color some : Color.values()) {
                        if (some.name().toLowerCase(Locale.ROOT).equals(word)) {
                            style = style.with(Optional.of(some));
                        }
                    }
                }
            }
        }
        return style;
    }
}
